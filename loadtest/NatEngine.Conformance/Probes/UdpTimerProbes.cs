using System.Collections.Generic;
using System.Diagnostics;
using System.Net;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 4787 section 4.3: how long a UDP mapping lives.</summary>
internal static class UdpTimerProbes
{
    private const Arrangement Short = Arrangement.ShortTimers;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(4787, "REQ-5", "no timer below 120 s", LongEnough, UnansweredLivesItsTime, Short),
        new(
            4787,
            "REQ-5a",
            "a shorter timer for a well-known port",
            contract => Claim.When(
                contract.Timers.HasTimersByPort, "timers.byPort", TimerNotes.Of(ShortenedTimers.ByPort)),
            PortHasItsOwnTimer,
            Short),
        new(
            4787,
            "REQ-5b",
            "the timer is configurable",
            contract => Claim.As(TimerNotes.Of(ShortenedTimers.UdpUnreplied, contract.Timers.UdpUnreplied)),
            UnansweredEndsInTime,
            Short),
        new(
            4787,
            "REQ-5c",
            "300 s by default",
            contract => TimerNotes.Claim(contract.Timers.Udp, 300, "timers.udp", ShortenedTimers.Udp),
            AnsweredLivesItsTime,
            Short),
        new(4787, "REQ-6", "packets from inside keep a mapping", _ => Claim.Always, OutboundRefreshes, Short),
        new(
            4787,
            "REQ-6a",
            "packets from outside may keep it",
            contract => Claim.When(contract.InboundRefresh, "sessions.inboundRefresh"),
            InboundRefreshes,
            Short),
    ];

    private static Claim LongEnough(Contract contract)
    {
        ContractTimers timers = contract.Timers;
        return timers.Udp < timers.UdpUnreplied
            ? TimerNotes.Claim(timers.Udp, 120, "timers.udp", ShortenedTimers.Udp)
            : TimerNotes.Claim(timers.UdpUnreplied, 120, "timers.udpUnreplied", ShortenedTimers.UdpUnreplied);
    }

    private static void UnansweredLivesItsTime(Scene scene)
    {
        (UdpEnd client, UdpEnd server) = Ends(scene);
        Stopwatch watch = Stopwatch.StartNew();
        IPEndPoint external = client.Reaches(server);
        scene.WaitUntilJustBefore(watch, ShortenedTimers.UdpUnreplied);
        bool lives = server.Tries(client, external);
        Scene.RequireBefore(watch, ShortenedTimers.UdpUnreplied - 0.8);
        Scene.Require(lives, $"gone after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void UnansweredEndsInTime(Scene scene)
    {
        (UdpEnd client, UdpEnd server) = Ends(scene);
        IPEndPoint external = client.Reaches(server);
        Stopwatch watch = Stopwatch.StartNew();
        scene.WaitUntilAfter(watch, ShortenedTimers.UdpUnreplied);
        Scene.Require(!server.Tries(client, external), $"still there after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void AnsweredLivesItsTime(Scene scene)
    {
        (UdpEnd client, UdpEnd server) = Ends(scene);
        (IPEndPoint external, Stopwatch watch) = Answered(client, server);
        scene.WaitUntilJustBefore(watch, ShortenedTimers.Udp);
        bool lives = server.Tries(client, external);
        Scene.RequireBefore(watch, ShortenedTimers.Udp - 0.8);
        Scene.Require(lives, $"gone after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void PortHasItsOwnTimer(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd server = scene.Udp(scene.Outside(), ShortenedTimers.PortWithTimer);
        (IPEndPoint external, Stopwatch watch) = Answered(client, server);
        scene.WaitUntilAfter(watch, ShortenedTimers.ByPort);
        bool lives = server.Tries(client, external);
        Scene.RequireBefore(watch, ShortenedTimers.UdpUnreplied - 0.4);
        Scene.Require(!lives, $"still there after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void OutboundRefreshes(Scene scene)
    {
        (UdpEnd client, UdpEnd server) = Ends(scene);
        IPEndPoint external = client.Reaches(server);
        Stopwatch watch = Stopwatch.StartNew();
        for (int second = 1; second <= ShortenedTimers.UdpUnreplied + 1; second++)
        {
            scene.WaitUntil(watch, second);
            Scene.RequireSame($"after {second} s", external, client.Reaches(server));
        }

        Scene.Require(server.Tries(client, external), "gone, though the inside had just sent");
    }

    private static void InboundRefreshes(Scene scene)
    {
        (UdpEnd client, UdpEnd server) = Ends(scene);
        (IPEndPoint external, Stopwatch watch) = Answered(client, server);
        for (double second = 1.5; second <= ShortenedTimers.Udp + 1; second += 1.5)
        {
            scene.WaitUntil(watch, second);
            Scene.Require(server.Tries(client, external), $"gone after {watch.Elapsed.TotalSeconds:0.0} s");
        }
    }

    private static (UdpEnd Client, UdpEnd Server) Ends(Scene scene)
        => (scene.Udp(scene.Inside()), scene.Udp(scene.Outside()));

    // Asked, answered, asked again: some NATs believe in a conversation only then.
    private static (IPEndPoint External, Stopwatch SinceLast) Answered(UdpEnd client, UdpEnd server)
    {
        IPEndPoint external = client.Reaches(server);
        server.Reaches(client, external);
        Stopwatch watch = Stopwatch.StartNew();
        client.Reaches(server);
        return (external, watch);
    }
}
