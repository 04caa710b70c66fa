using System;
using System.Net;
using System.Security.Cryptography;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>An ICMP query identifier of a host.</summary>
internal sealed class PingEnd(WireHost host, ushort identifier)
{
    public WireHost Host => host;

    public ushort Identifier => identifier;

    /// <summary>Sends an echo request that can be told from every other by its content.</summary>
    public IPv4Packet Ask(IPAddress to)
    {
        IPv4Packet request = IcmpPacket.Query(
            host.Address, to, IcmpPacket.Echo, identifier, RandomNumberGenerator.GetBytes(16));
        host.Send(request);
        return request;
    }

    /// <summary>Sends an echo request, which must arrive at a host.</summary>
    /// <returns>The request as it arrived there.</returns>
    public IPv4Packet Reaches(WireHost other)
    {
        IPv4Packet sent = Ask(other.Address);
        return other.Receive(
            $"the echo request from {host.Address}",
            packet => IcmpPacket.Type(packet) == IcmpPacket.Echo && SameContent(packet, sent));
    }

    /// <summary>Lets a host answer a request that it received.</summary>
    /// <returns>The answer as it was sent.</returns>
    public static IPv4Packet Answer(WireHost from, IPv4Packet request)
    {
        IPv4Packet reply = IcmpPacket.Query(
            from.Address,
            request.Source,
            IcmpPacket.EchoReply,
            IcmpPacket.Identifier(request),
            IcmpPacket.Content(request));
        from.Send(reply);
        return reply;
    }

    /// <summary>Receives an answer.</summary>
    public IPv4Packet Hears(IPv4Packet reply)
        => host.Receive($"the echo reply from {reply.Source}", packet => IsAnswer(packet, reply));

    /// <summary>Whether an answer has arrived.</summary>
    public bool HasHeard(IPv4Packet reply) => host.Look(packet => IsAnswer(packet, reply)).Count > 0;

    private bool IsAnswer(IPv4Packet packet, IPv4Packet reply)
        => IcmpPacket.Type(packet) == IcmpPacket.EchoReply
            && IcmpPacket.Identifier(packet) == identifier
            && SameContent(packet, reply);

    private static bool SameContent(IPv4Packet one, IPv4Packet other)
        => IcmpPacket.Content(one).SequenceEqual(IcmpPacket.Content(other));
}
