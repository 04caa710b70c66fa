using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 5382 section 5 and RFC 7857 section 2: how long a connection is remembered.</summary>
internal static class TcpTimerProbes
{
    private const Arrangement Short = Arrangement.ShortTimers;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(
            5382,
            "REQ-5",
            "an idle connection lives 2 h 4 min",
            contract => TimerNotes.Claim(
                contract.Timers.TcpEstablished, 7440, "timers.tcpEstablished", ShortenedTimers.TcpEstablished),
            IdleLives,
            Short),
        new(
            5382,
            "REQ-5",
            "one that opens lives 240 s",
            contract => TimerNotes.Claim(
                contract.Timers.TcpOpening, 240, "timers.tcpOpening", ShortenedTimers.TcpOpening),
            OpeningLives,
            Short),
        new(
            5382,
            "REQ-5a",
            "the timers are configurable",
            _ => Claim.As(TimerNotes.Of(ShortenedTimers.TcpEstablished)),
            IdleEnds,
            Short),
        new(
            7857,
            "section 2.1",
            "a closed connection has a timer of its own",
            _ => Claim.As(TimerNotes.Of(ShortenedTimers.TcpClosing)),
            ClosedEnds,
            Short),
        new(
            7857,
            "section 2.2",
            "RST passes, and the session stays for 240 s",
            contract => TimerNotes.Claim(
                contract.Timers.TcpClosing, 240, "timers.tcpClosing", ShortenedTimers.TcpClosing),
            ResetIsHeld,
            Short),
    ];

    private static TcpTalk Open(Scene scene)
        => TcpTalk.Open(scene, scene.Tcp(scene.Inside()), scene.Tcp(scene.Outside()));

    private static void IdleLives(Scene scene)
    {
        Stopwatch watch = Stopwatch.StartNew();
        TcpTalk talk = Open(scene);
        scene.WaitUntilJustBefore(watch, ShortenedTimers.TcpEstablished);
        bool lives = talk.ServerIsHeard();
        Scene.RequireBefore(watch, ShortenedTimers.TcpEstablished - 0.8);
        Scene.Require(lives, $"gone after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void IdleEnds(Scene scene)
    {
        TcpTalk talk = Open(scene);
        scene.WaitUntilAfter(Stopwatch.StartNew(), ShortenedTimers.TcpEstablished);
        Scene.Require(!talk.ServerIsHeard(), "still there");
    }

    private static void OpeningLives(Scene scene)
    {
        TcpEnd client = scene.Tcp(scene.Inside());
        TcpEnd server = scene.Tcp(scene.Outside());
        Stopwatch watch = Stopwatch.StartNew();
        IPEndPoint external = server.Receive(client.Send(server.Local, TcpPacket.Syn)).From;
        scene.WaitUntilJustBefore(watch, ShortenedTimers.TcpOpening);
        IPv4Packet answer = server.Send(external, TcpPacket.Syn | TcpPacket.Ack, client.Next);
        scene.Settle();
        bool lives = client.Host.Look(packet => client.IsFor(packet, answer)).Count > 0;
        Scene.RequireBefore(watch, ShortenedTimers.TcpOpening - 0.8);
        Scene.Require(lives, $"gone after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void ClosedEnds(Scene scene)
    {
        TcpTalk talk = Open(scene);
        talk.ToServer(TcpPacket.Fin | TcpPacket.Ack);
        talk.ToClient(TcpPacket.Fin | TcpPacket.Ack);
        talk.ToServer(TcpPacket.Ack);
        Stopwatch watch = Stopwatch.StartNew();
        scene.WaitUntilAfter(watch, ShortenedTimers.TcpClosing);
        bool lives = talk.ServerIsHeard();
        Scene.RequireBefore(watch, ShortenedTimers.TcpEstablished - 0.8);
        Scene.Require(!lives, $"still there after {watch.Elapsed.TotalSeconds:0.0} s, as if it were open");
    }

    private static void ResetIsHeld(Scene scene)
    {
        TcpTalk talk = Open(scene);
        Stopwatch watch = Stopwatch.StartNew();
        talk.ToServer(TcpPacket.Rst | TcpPacket.Ack);
        scene.WaitUntilJustBefore(watch, ShortenedTimers.TcpClosing);
        bool held = talk.ServerIsHeard();
        Scene.RequireBefore(watch, ShortenedTimers.TcpClosing - 0.8);
        Scene.Require(held, $"gone {watch.Elapsed.TotalSeconds:0.0} s after the RST");
    }
}
