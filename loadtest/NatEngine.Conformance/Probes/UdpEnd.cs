using System;
using System.Net;
using System.Security.Cryptography;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>A UDP port of a host.</summary>
internal sealed class UdpEnd(Scene scene, WireHost host, int port)
{
    public WireHost Host => host;

    public IPEndPoint Local { get; } = new(host.Address, port);

    /// <summary>Sends a datagram that can be told from every other by its content.</summary>
    public IPv4Packet Send(IPEndPoint to, int length = 16)
    {
        IPv4Packet datagram = UdpPacket.Create(Local, to, RandomNumberGenerator.GetBytes(length));
        host.Send(datagram);
        return datagram;
    }

    /// <summary>Receives what was sent, addressed to this port.</summary>
    public IPv4Packet Receive(IPv4Packet sent) => host.Receive(
        $"the datagram from {sent.From} to {sent.To}", packet => IsFor(packet, sent));

    /// <summary>Sends to another end under the address that it has for this one, and it must arrive.</summary>
    /// <returns>From where it came, as the receiver sees it.</returns>
    public IPEndPoint Reaches(UdpEnd other, IPEndPoint? at = null) => other.Receive(Send(at ?? other.Local)).From;

    /// <summary>Whether what is sent arrives, when all that was sent before and after it is through.</summary>
    public bool Tries(UdpEnd other, IPEndPoint at)
    {
        IPv4Packet sent = Send(at);
        scene.Settle();
        return other.Host.Look(packet => other.IsFor(packet, sent)).Count > 0;
    }

    /// <summary>Whether a packet is one that was sent, and addressed to this port.</summary>
    public bool IsFor(IPv4Packet packet, IPv4Packet sent)
        => packet is { Protocol: IPv4Packet.Udp, IsFragment: false }
            && packet.To.Equals(Local)
            && UdpPacket.Content(packet).SequenceEqual(UdpPacket.Content(sent));
}
