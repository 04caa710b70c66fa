using System.Collections.Generic;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 4787 section 9: ICMP errors about UDP.</summary>
internal static class UdpErrorProbes
{
    public static IReadOnlyList<Probe> All { get; } =
    [
        new(4787, "REQ-12", "an ICMP error ends no mapping", _ => Claim.Always, MappingSurvives),
        new(4787, "REQ-12a", "errors are not filtered by who sends them", _ => Claim.Always, AnyRouterIsHeard),
        new(4787, "REQ-12b", "destination unreachable reaches the inside", _ => Claim.Always, UnreachableArrives),
    ];

    private static void MappingSurvives(Scene scene)
    {
        (UdpEnd client, UdpEnd server, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
        foreach (byte code in (byte[])[IcmpPacket.HostUnreachable, IcmpPacket.PortUnreachable])
        {
            server.Host.Send(IcmpPacket.Error(
                server.Local.Address, seen.Source, IcmpPacket.Unreachable, code, Errors.Start(seen)));
        }

        scene.Settle();
        Scene.Require(server.Tries(client, seen.From), $"gone after an error about a packet to {sent.To}");
    }

    private static void AnyRouterIsHeard(Scene scene)
    {
        (UdpEnd client, _, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
        IPv4Packet error = Errors.Reaches(
            scene.Outside(), seen, client.Host, sent, IcmpPacket.TimeExceeded, code: 0);
        Scene.Require(error.Destination.Equals(client.Local.Address), $"it was sent to {error.Destination}");
    }

    private static void UnreachableArrives(Scene scene)
    {
        (UdpEnd client, UdpEnd server, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
        Errors.Reaches(
            server.Host, seen, client.Host, sent, IcmpPacket.Unreachable, IcmpPacket.PortUnreachable);
    }

    private static (UdpEnd Client, UdpEnd Server, IPv4Packet Sent, IPv4Packet Seen) Exchange(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd server = scene.Udp(scene.Outside());
        IPv4Packet sent = client.Send(server.Local);
        return (client, server, sent, server.Receive(sent));
    }
}
