using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 5382 sections 4.2 and 4.3: how connections open and close.</summary>
internal static class TcpStateProbes
{
    // RFC 5382 REQ-4: no answer before. Looked at a little earlier, because the answer takes its time, too.
    private const double Silence = 6;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(5382, "REQ-2", "connections open, carry data and close", _ => Claim.Always, ConnectionLives),
        new(5382, "REQ-2a", "both ends may open a connection at once", _ => Claim.Always, BothEndsOpen),
        new(
            5382,
            "REQ-4",
            "an unsolicited SYN is not answered for 6 s, then with ICMP 3/3",
            contract => Claim.When(contract.AnswersStrangers, "external.answersStrangers"),
            StrangerWaits),
        new(
            5382,
            "REQ-4",
            "nor ever, if the inside opens that connection meanwhile",
            CanMeet,
            StrangerIsMet),
    ];

    // Only there do the two SYNs meet: the inside's shows the port that the outside's was for, which did not come in.
    private static Claim CanMeet(Contract contract)
        => contract.TcpMapping != Dependence.EndpointIndependent
            ? Claim.WithoutMeaning("behavior.mapping: it would show another port")
            : contract.TcpFiltering == Dependence.EndpointIndependent
                ? Claim.WithoutMeaning("behavior.filtering: it comes in")
                : Claim.Always;

    private static void ConnectionLives(Scene scene)
    {
        TcpTalk talk = TcpTalk.Open(scene, scene.Tcp(scene.Inside()), scene.Tcp(scene.Outside()));
        talk.ToServer(TcpPacket.Ack, [1, 2, 3]);
        talk.ToClient(TcpPacket.Ack, [4, 5, 6]);
        talk.ToServer(TcpPacket.Fin | TcpPacket.Ack);
        talk.ToClient(TcpPacket.Ack, [7]);
        talk.ToClient(TcpPacket.Fin | TcpPacket.Ack);
        talk.ToServer(TcpPacket.Ack);
    }

    private static void BothEndsOpen(Scene scene)
    {
        TcpEnd client = scene.Tcp(scene.Inside());
        TcpEnd server = scene.Tcp(scene.Outside());
        IPEndPoint external = server.Receive(client.Send(server.Local, TcpPacket.Syn)).From;
        client.Receive(server.Send(external, TcpPacket.Syn));

        // Each repeats its SYN with what it has heard acknowledged (RFC 9293 figure 7).
        client.Next--;
        server.Next--;
        server.Receive(client.Send(server.Local, TcpPacket.Syn | TcpPacket.Ack, server.Next + 1));
        client.Receive(server.Send(external, TcpPacket.Syn | TcpPacket.Ack, client.Next));
        TcpTalk talk = new(scene, client, server, server.Local, external);
        talk.ToServer(TcpPacket.Ack, [1]);
        talk.ToClient(TcpPacket.Ack, [2]);
    }

    private static void StrangerWaits(Scene scene)
    {
        // A port that the NAT uses for UDP is one of its own, and of TCP nobody has it.
        IPEndPoint unused = scene.Udp(scene.Inside()).Reaches(scene.Udp(scene.Outside()));
        TcpEnd stranger = scene.Tcp(scene.Outside());
        Stopwatch watch = Stopwatch.StartNew();
        IPv4Packet syn = stranger.Send(unused, TcpPacket.Syn);
        scene.WaitUntil(watch, Silence - 0.5);
        bool answered = stranger.Host.Look(_ => true).Count > 0;
        Scene.RequireBefore(watch, Silence - 0.5);
        Scene.Require(!answered, $"an answer to the SYN to {unused} arrived at {stranger.Host.Address}");
        stranger.Host.Receive(
            "ICMP 3/3",
            packet => Errors.IsAbout(packet, syn) && IcmpPacket.Code(packet) == IcmpPacket.PortUnreachable,
            TimeSpan.FromSeconds(Silence));
    }

    private static void StrangerIsMet(Scene scene)
    {
        TcpEnd client = scene.Tcp(scene.Inside());
        TcpTalk other = TcpTalk.Open(scene, client, scene.Tcp(scene.Outside()));
        TcpEnd stranger = scene.Tcp(scene.Outside());
        Stopwatch watch = Stopwatch.StartNew();
        IPv4Packet syn = stranger.Send(other.External, TcpPacket.Syn);
        scene.Settle();
        client.HasNot(syn);
        TcpTalk.Open(scene, client, stranger);
        Scene.RequireBefore(watch, Silence - 0.8);
        scene.WaitUntilAfter(watch, Silence + 1);
        stranger.Host.HasNot("an ICMP error", packet => IcmpPacket.Embedded(packet) is not null);
    }
}
