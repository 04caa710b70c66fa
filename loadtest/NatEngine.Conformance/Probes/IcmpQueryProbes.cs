using System.Collections.Generic;
using System.Diagnostics;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 5508 section 3: pings.</summary>
internal static class IcmpQueryProbes
{
    private const Arrangement Short = Arrangement.ShortTimers;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(5508, "REQ-1", "pings from inside are answered", _ => Claim.Always, PingIsAnswered),
        new(
            5508,
            "REQ-1a",
            "one external identifier, whoever is pinged",
            UdpMappingProbes.IsEndpointIndependent,
            IdentifierIsKept),
        new(
            5508,
            "REQ-2",
            "a query lives 60 s",
            contract => TimerNotes.Claim(
                contract.Timers.IcmpQuery, 60, "timers.icmpQuery", ShortenedTimers.IcmpQuery),
            QueryLives,
            Short),
        new(
            5508,
            "REQ-2a",
            "the timer is configurable",
            contract => Claim.As(TimerNotes.Of(ShortenedTimers.IcmpQuery, contract.Timers.IcmpQuery)),
            QueryEnds,
            Short),
    ];

    private static void PingIsAnswered(Scene scene)
    {
        WireHost server = scene.Outside();

        // The same identifier twice: the answers must find their own askers.
        PingEnd one = scene.Ping(scene.Inside());
        PingEnd other = new(scene.Inside(), one.Identifier);
        IPv4Packet first = one.Reaches(server);
        IPv4Packet second = other.Reaches(server);
        Scene.Require(
            !first.Source.Equals(second.Source) || IcmpPacket.Identifier(first) != IcmpPacket.Identifier(second),
            "two hosts share an identifier");
        other.Hears(PingEnd.Answer(server, second));
        one.Hears(PingEnd.Answer(server, first));
    }

    private static void IdentifierIsKept(Scene scene)
    {
        PingEnd client = scene.Ping(scene.Inside());
        WireHost busy = scene.Outside();
        IPv4Packet first = client.Reaches(busy);
        IPv4Packet second = client.Reaches(scene.Outside());
        Require(first, second);
        PingEnd rival = new(scene.Inside(), client.Identifier);
        Require(rival.Reaches(scene.Outside()), rival.Reaches(busy));

        static void Require(IPv4Packet one, IPv4Packet other) => Scene.Require(
            IcmpPacket.Identifier(one) == IcmpPacket.Identifier(other),
            $"towards two hosts: {IcmpPacket.Identifier(one)}, then {IcmpPacket.Identifier(other)}");
    }

    private static void QueryLives(Scene scene)
    {
        WireHost server = scene.Outside();
        PingEnd client = scene.Ping(scene.Inside());
        Stopwatch watch = Stopwatch.StartNew();
        IPv4Packet request = client.Reaches(server);
        scene.WaitUntilJustBefore(watch, ShortenedTimers.IcmpQuery);
        IPv4Packet reply = PingEnd.Answer(server, request);
        scene.Settle();
        bool lives = client.HasHeard(reply);
        Scene.RequireBefore(watch, ShortenedTimers.IcmpQuery - 0.8);
        Scene.Require(lives, $"gone after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void QueryEnds(Scene scene)
    {
        WireHost server = scene.Outside();
        PingEnd client = scene.Ping(scene.Inside());
        IPv4Packet request = client.Reaches(server);
        Stopwatch watch = Stopwatch.StartNew();
        scene.WaitUntilAfter(watch, ShortenedTimers.IcmpQuery);
        IPv4Packet reply = PingEnd.Answer(server, request);
        scene.Settle();
        Scene.Require(!client.HasHeard(reply), $"still there after {watch.Elapsed.TotalSeconds:0.0} s");
    }
}
