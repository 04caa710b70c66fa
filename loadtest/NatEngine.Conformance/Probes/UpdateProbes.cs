using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 7857: what has been learned since.</summary>
internal static class UpdateProbes
{
    private const int Rivals = 16;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(
            7857,
            "section 2.2",
            "an RST out of the window resets nothing",
            contract => Claim.When(contract.ChecksResets, "sessions.tcpWindows"),
            GuessedResetIsRefused),
        new(
            7857,
            "section 6",
            "ICMP errors from inside keep nothing alive",
            _ => Claim.As(TimerNotes.Of(ShortenedTimers.Udp)),
            RefusalDoesNotRefresh,
            Arrangement.ShortTimers),
        new(
            7857,
            "section 8",
            "a port that is not preserved is random",
            contract => Claim.When(contract.RandomPorts, "behavior.portChoice"),
            PortsAreHardToGuess),
        new(
            7857,
            "section 9",
            "fragments of two hosts do not share an identification",
            _ => Claim.Always,
            IdentificationsDiffer),
    ];

    private static void GuessedResetIsRefused(Scene scene)
    {
        TcpTalk talk = TcpTalk.Open(scene, scene.Tcp(scene.Inside()), scene.Tcp(scene.Outside()));
        talk.ToServer(TcpPacket.Ack, [1]);
        talk.ToClient(TcpPacket.Ack, [2]);
        uint next = talk.Server.Next;
        talk.Server.Next += 1_000_000;
        IPv4Packet guessed = talk.Server.Send(talk.External, TcpPacket.Rst);
        talk.Server.Next = next;
        scene.Settle();
        talk.Client.HasNot(guessed);
        Scene.Require(talk.ServerIsHeard(), "the connection is gone");
    }

    private static void RefusalDoesNotRefresh(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd server = scene.Udp(scene.Outside());
        IPEndPoint external = client.Reaches(server);
        IPv4Packet answer = server.Send(external);
        Stopwatch watch = Stopwatch.StartNew();
        IPv4Packet heard = client.Receive(answer);
        client.Reaches(server);
        scene.WaitUntil(watch, ShortenedTimers.UdpUnreplied - 1);
        Errors.Reaches(
            client.Host, heard, server.Host, answer, IcmpPacket.Unreachable, IcmpPacket.PortUnreachable);
        scene.WaitUntilAfter(watch, ShortenedTimers.Udp);
        bool lives = server.Tries(client, external);
        Scene.RequireBefore(watch, ShortenedTimers.Udp + ShortenedTimers.UdpUnreplied - 1.8);
        Scene.Require(!lives, $"still there after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void PortsAreHardToGuess(Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        ushort port = scene.Port();
        int[] seen = [.. Enumerable.Range(0, Rivals)
            .Select(_ => scene.Udp(scene.Inside(), port).Reaches(server).Port)];

        // The first may be preserved. Of random ports one in tens of thousands follows the last by less than five.
        int near = seen.Skip(1).Zip(seen.Skip(2)).Count(pair => Math.Abs(pair.First - pair.Second) < 5);
        Scene.Require(near < Rivals / 4, $"ports of {Rivals} hosts: {string.Join(", ", seen)}");
    }

    private static void IdentificationsDiffer(Scene scene)
    {
        const int pieceLength = 64;
        UdpEnd server = scene.Udp(scene.Outside());
        UdpEnd[] clients = [scene.Udp(scene.Inside()), scene.Udp(scene.Inside())];
        ushort identification = (ushort)RandomNumberGenerator.GetInt32(1, 65_536);
        List<IPv4Packet> sent = [.. clients.Select(client => UdpPacket.Create(
            client.Local, server.Local, RandomNumberGenerator.GetBytes(2 * pieceLength)) with
        {
            Identification = identification,
        })];

        // Piece by piece in turns, as two hosts would: only by their identifications can the receiver tell them apart.
        foreach ((IPv4Packet one, IPv4Packet other) in
            Fragments.Cut(sent[0], pieceLength).Zip(Fragments.Cut(sent[1], pieceLength)))
        {
            clients[0].Host.Send(one);
            clients[1].Host.Send(other);
        }

        ushort first = server.Receive(sent[0]).Identification;
        Scene.Require(
            server.Receive(sent[1]).Identification != first, $"two packets were both identified by {first}");
    }
}
