using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 4787 section 4: which external endpoint an internal one has.</summary>
internal static class UdpMappingProbes
{
    // Hosts that all use one port: whatever is preserved for the first cannot be for the others.
    private const int Rivals = 8;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(4787, "REQ-1", "endpoint-independent mapping", IsEndpointIndependent, MappingIsKept),
        new(4787, "REQ-2", "paired pooling: one external address per host", IsPaired, AddressIsKept),
        new(
            4787,
            "REQ-3",
            "no external port has two owners",
            contract => Claim.When(!contract.UdpOverload, "behavior.overload"),
            PortsAreNotShared),
        new(
            4787,
            "REQ-3a",
            "well-known ports stay well-known, others not",
            contract => Claim.When(contract.PreservesRangeClass, "behavior.preserveRangeClass"),
            RangeClassIsKept),
        new(
            4787,
            "REQ-4",
            "even ports stay even, odd ones odd",
            contract => Claim.When(contract.PreservesParity, "behavior.preserveParity"),
            ParityIsKept),
        new(4787, "REQ-10", "no gateway in between: SIP passes as it is", _ => Claim.Always, ContentIsLeftAlone),
        new(
            4787,
            "REQ-11",
            "mapping does not change under conflict",
            IsEndpointIndependent,
            MappingIsKeptUnderConflict),
    ];

    internal static Claim IsEndpointIndependent(Contract contract)
        => Claim.When(contract.UdpMapping == Dependence.EndpointIndependent, "behavior.mapping");

    internal static Claim IsPaired(Contract contract)
        => contract.ExternalAddresses == 1
            ? Claim.WithoutMeaning("one external address")
            : Claim.When(contract.PairedPooling, "behavior.pooling");

    // The second host's port is preserved towards its own server only by a NAT that is not endpoint-independent:
    // towards the first host's server it then needs another one.
    private static void MappingIsKept(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        RequireOneMapping(scene, client);
        UdpEnd busy = scene.Udp(scene.Outside());
        client.Reaches(busy);
        UdpEnd rival = scene.Udp(scene.Inside(), client.Local.Port);
        IPEndPoint first = rival.Reaches(scene.Udp(scene.Outside()));
        Scene.RequireSame("towards a host that another talks to from that port", first, rival.Reaches(busy));
    }

    private static void RequireOneMapping(Scene scene, UdpEnd client)
    {
        WireHost server = scene.Outside();
        IPEndPoint first = client.Reaches(scene.Udp(server));
        Scene.RequireSame("towards two ports", first, client.Reaches(scene.Udp(server)));
        Scene.RequireSame("towards two addresses", first, client.Reaches(scene.Udp(scene.Outside())));
    }

    internal static void AddressIsKept(Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        for (int host = 0; host < 4; host++)
        {
            WireHost client = scene.Inside();
            List<IPAddress> seen =
                [.. Enumerable.Range(0, 8).Select(_ => scene.Udp(client).Reaches(server).Address).Distinct()];
            Scene.Require(seen.Count == 1, $"one host was seen at {string.Join(" and ", seen)}");
        }
    }

    private static void PortsAreNotShared(Scene scene)
    {
        ushort port = scene.Port();
        HashSet<IPEndPoint> seen = [];
        for (int rival = 0; rival < Rivals; rival++)
        {
            IPEndPoint external = scene.Udp(scene.Inside(), port).Reaches(scene.Udp(scene.Outside()));
            Scene.Require(seen.Add(external), $"two hosts were both seen at {external}");
        }
    }

    private static void RangeClassIsKept(Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        ushort port = scene.Port();
        for (int rival = 0; rival < Rivals; rival++)
        {
            int low = scene.Udp(scene.Inside(), 700).Reaches(server).Port;
            Scene.Require(low < 1024, $"port 700 became {low}");
            int high = scene.Udp(scene.Inside(), port).Reaches(server).Port;
            Scene.Require(high >= 1024, $"port {port} became {high}");
        }
    }

    private static void ParityIsKept(Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        ushort[] ports = [scene.Port(), scene.Port()];
        foreach (int port in Enumerable.Repeat(ports, Rivals).SelectMany(both => both))
        {
            int external = scene.Udp(scene.Inside(), port).Reaches(server).Port;
            Scene.Require(external % 2 == port % 2, $"port {port} became {external}");
        }
    }

    private static void ContentIsLeftAlone(Scene scene)
    {
        // What a SIP gateway would rewrite: addresses and ports of the inside, in header and body (RFC 3261).
        WireHost client = scene.Inside();
        WireHost server = scene.Outside();
        IPEndPoint from = new(client.Address, 5060);
        byte[] invitation = Encoding.ASCII.GetBytes(
            $"INVITE sip:b@{server.Address} SIP/2.0\r\nVia: SIP/2.0/UDP {from};branch=z9hG4bK1\r\n"
            + $"Contact: <sip:a@{from}>\r\nContent-Type: application/sdp\r\nContent-Length: 60\r\n\r\n"
            + $"v=0\r\nc=IN IP4 {client.Address}\r\nm=audio 4000 RTP/AVP 0\r\n");
        client.Send(UdpPacket.Create(from, new IPEndPoint(server.Address, 5060), invitation));
        IPv4Packet seen = server.Receive(
            "the invitation", packet => packet.Protocol == IPv4Packet.Udp && packet.To.Port == 5060);
        Scene.Require(
            UdpPacket.Content(seen).SequenceEqual(invitation),
            $"the content was changed: {Encoding.ASCII.GetString(UdpPacket.Content(seen))}");
    }

    private static void MappingIsKeptUnderConflict(Scene scene)
    {
        ushort port = scene.Port();
        UdpEnd busy = scene.Udp(scene.Outside());
        for (int number = 0; number < Rivals; number++)
        {
            UdpEnd rival = scene.Udp(scene.Inside(), port);
            RequireOneMapping(scene, rival);
            Scene.RequireSame("under conflict", rival.Reaches(scene.Udp(scene.Outside())), rival.Reaches(busy));
        }
    }
}
