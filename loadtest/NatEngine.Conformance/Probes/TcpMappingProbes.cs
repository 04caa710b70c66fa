using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 5382 sections 4, 6 and 7: which external endpoint a connection has, and who reaches it.</summary>
internal static class TcpMappingProbes
{
    private const int Rivals = 8;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(
            5382,
            "REQ-1",
            "endpoint-independent mapping",
            contract => Claim.When(contract.TcpMapping == Dependence.EndpointIndependent, "behavior.mapping"),
            MappingIsKept),
        new(
            5382,
            "REQ-3",
            "strangers are filtered as configured",
            contract => Claim.As(DependenceWords.Of(contract.TcpFiltering)),
            FilteringIsAsConfigured),
        new(5382, "REQ-6", "no gateway in between: SIP passes as it is", _ => Claim.Always, ContentIsLeftAlone),
        new(
            5382,
            "REQ-7",
            "no external port has two owners",
            contract => Claim.When(!contract.TcpOverload, "behavior.overload"),
            PortsAreNotShared),
        new(5382, "REQ-8", "hosts inside connect to each other's external endpoints", Hairpins, HairpinConnects),
        new(5382, "REQ-8a", "a hairpinned connection shows the external source", Hairpins, HairpinShowsTheSource),
        new(5382, "REQ-9", "ICMP errors about a connection reach the inside", _ => Claim.Always, ErrorArrives),
        new(5382, "REQ-10", "an ICMP error ends no connection", _ => Claim.Always, ErrorEndsNothing),
    ];

    private static Claim Hairpins(Contract contract)
        => Claim.When(!contract.TcpOverload, "behavior.overload: a port alone names no host");

    private static IPEndPoint Opens(TcpEnd client, TcpEnd server)
        => server.Receive(client.Send(server.Local, TcpPacket.Syn)).From;

    private static void MappingIsKept(Scene scene)
    {
        TcpEnd client = scene.Tcp(scene.Inside());
        TcpEnd busy = scene.Tcp(scene.Outside());
        IPEndPoint first = Opens(client, busy);
        Scene.RequireSame("towards two addresses", first, Opens(client, scene.Tcp(scene.Outside())));
        TcpEnd rival = scene.Tcp(scene.Inside(), client.Local.Port);
        first = Opens(rival, scene.Tcp(scene.Outside()));
        Scene.RequireSame("towards a host that another talks to from that port", first, Opens(rival, busy));
    }

    private static void PortsAreNotShared(Scene scene)
    {
        ushort port = scene.Port();
        HashSet<IPEndPoint> seen = [];
        for (int rival = 0; rival < Rivals; rival++)
        {
            IPEndPoint external = Opens(scene.Tcp(scene.Inside(), port), scene.Tcp(scene.Outside()));
            Scene.Require(seen.Add(external), $"two hosts were both seen at {external}");
        }
    }

    private static void FilteringIsAsConfigured(Scene scene)
    {
        TcpEnd client = scene.Tcp(scene.Inside());
        WireHost server = scene.Outside();
        TcpTalk talk = TcpTalk.Open(scene, client, scene.Tcp(server));
        Dependence filtering = scene.Contract.TcpFiltering;
        Check(scene.Tcp(server), filtering != Dependence.AddressAndPortDependent, "another port of a known host");
        Check(scene.Tcp(scene.Outside()), filtering == Dependence.EndpointIndependent, "a stranger");

        void Check(TcpEnd other, bool mayEnter, string who)
        {
            IPv4Packet syn = other.Send(talk.External, TcpPacket.Syn);
            scene.Settle();
            bool entered = client.Host.Look(packet => client.IsFor(packet, syn)).Count > 0;
            Scene.Require(entered == mayEnter, $"the SYN of {who} {(entered ? "came in" : "was kept out")}");
        }
    }

    private static void ContentIsLeftAlone(Scene scene)
    {
        TcpEnd client = scene.Tcp(scene.Inside());
        TcpTalk talk = TcpTalk.Open(scene, client, scene.Tcp(scene.Outside(), 5060));
        byte[] invitation = Encoding.ASCII.GetBytes(
            $"INVITE sip:b@{talk.Target.Address} SIP/2.0\r\nVia: SIP/2.0/TCP {client.Local};branch=z9hG4bK1\r\n"
            + $"Contact: <sip:a@{client.Local}>\r\nContent-Length: 0\r\n\r\n");
        IPv4Packet seen = talk.ToServer(TcpPacket.Ack, invitation);
        Scene.Require(
            TcpPacket.Content(seen).SequenceEqual(invitation),
            $"the content was changed: {Encoding.ASCII.GetString(TcpPacket.Content(seen))}");
    }

    private static void HairpinConnects(Scene scene)
    {
        foreach ((WireHost oneHost, WireHost otherHost) in scene.Neighbours())
        {
            TcpEnd one = scene.Tcp(oneHost);
            IPEndPoint external = Opens(one, scene.Tcp(scene.Outside()));
            TcpTalk talk = TcpTalk.Open(scene, scene.Tcp(otherHost), one, external);
            talk.ToServer(TcpPacket.Ack, [1]);
            talk.ToClient(TcpPacket.Ack, [2]);
        }
    }

    private static void HairpinShowsTheSource(Scene scene)
    {
        TcpEnd server = scene.Tcp(scene.Outside());
        foreach ((WireHost oneHost, WireHost otherHost) in scene.Neighbours())
        {
            TcpEnd one = scene.Tcp(oneHost);
            TcpEnd other = scene.Tcp(otherHost);
            IPEndPoint external = Opens(one, server);
            IPEndPoint otherExternal = Opens(other, server);
            IPEndPoint seen = one.Receive(other.Send(external, TcpPacket.Syn)).From;
            bool isRight = scene.Contract.TcpMapping == Dependence.EndpointIndependent
                ? seen.Equals(otherExternal)
                : seen.Address.Equals(otherExternal.Address);
            Scene.Require(isRight, $"the source was {seen}, not {otherExternal}");
        }
    }

    private static void ErrorArrives(Scene scene)
    {
        TcpEnd client = scene.Tcp(scene.Inside());
        TcpEnd server = scene.Tcp(scene.Outside());
        IPv4Packet syn = client.Send(server.Local, TcpPacket.Syn);
        Errors.Reaches(
            scene.Outside(),
            server.Receive(syn),
            client.Host,
            syn,
            IcmpPacket.Unreachable,
            IcmpPacket.HostUnreachable);
    }

    private static void ErrorEndsNothing(Scene scene)
    {
        TcpEnd client = scene.Tcp(scene.Inside());
        TcpTalk talk = TcpTalk.Open(scene, client, scene.Tcp(scene.Outside()));
        IPv4Packet seen = talk.ToServer(TcpPacket.Ack, [1]);
        foreach (byte code in (byte[])[IcmpPacket.HostUnreachable, IcmpPacket.PortUnreachable])
        {
            Errors.Send(
                scene, scene.Outside(), seen.Source, IcmpPacket.Unreachable, code, Errors.Start(seen));
        }

        Scene.Require(talk.ServerIsHeard(), "gone after ICMP errors");
    }
}
