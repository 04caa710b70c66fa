using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>What happens when there is not enough for all (RFC 4787 REQ-11, RFC 5508 REQ-8, RFC 6888 REQ-4 to REQ-11,
/// RFC 7857 section 3). One after the other: they compete for the same ports.</summary>
internal static class ScarcityProbes
{
    private const Arrangement Few = Arrangement.FewPorts;
    private const int TooMany = 8;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(
            4787,
            "REQ-11",
            "nor when ports run out",
            contract => Claim.When(
                contract.UdpMapping == Dependence.EndpointIndependent, "behavior.mapping", Tried(contract)),
            MappingIsKeptToTheLast,
            Few,
            UsesAllPorts: true),
        new(
            5508,
            "REQ-8",
            "who is refused is told (ICMP 3/13)",
            contract => Claim.As(Tried(contract)),
            RefusedIsTold,
            Few),
        new(
            7857,
            "section 3",
            "a port serves every remote endpoint anew",
            contract => Claim.When(contract.UdpOverload, "behavior.overload", Tried(contract)),
            PortsServeEveryEndpoint,
            Few,
            UsesAllPorts: true),
        new(
            6888,
            "REQ-4",
            "ports per subscriber are limited",
            contract => Quota(contract.SubscriberPorts, "subscribers.maxPorts", ScarceResources.SubscriberPorts),
            PortsAreLimited,
            Few),
        new(
            6888,
            "REQ-4B",
            "so is the rate of new sessions",
            contract => Quota(
                contract.SubscriberRate, "subscribers.newSessionsPerSecond", ScarceResources.SubscriberRate),
            RateIsLimited,
            Few),
        new(
            6888,
            "REQ-5",
            "so is their number",
            contract => Quota(
                contract.SubscriberSessions, "subscribers.maxSessions", ScarceResources.SubscriberSessions),
            SessionsAreLimited,
            Few),
        new(
            6888,
            "REQ-8",
            "a freed port is left alone for 120 s",
            contract => Claim.When(
                contract.Quarantine.TotalSeconds >= 120,
                "behavior.quarantine",
                TimerNotes.Of(ScarceResources.Quarantine, contract.Quarantine)),
            FreedPortRests,
            Few,
            UsesAllPorts: true),
        new(
            6888,
            "REQ-11",
            "who is in stays in when others are refused",
            contract => Claim.As(Tried(contract)),
            OldOnesStay,
            Few,
            UsesAllPorts: true),
    ];

    private static string Tried(Contract contract)
    {
        int each = ScarceResources.PortsOfLane(contract.Lanes);
        return contract.Lanes == 1
            ? string.Create(CultureInfo.InvariantCulture, $"tried with {each} ports")
            : string.Create(CultureInfo.InvariantCulture, $"tried with {each} ports in each of {contract.Lanes} lanes");
    }

    private static Claim Quota(int configured, string key, int tried) => Claim.When(
        configured > 0,
        key,
        string.Create(CultureInfo.InvariantCulture, $"tried with {tried} for {configured}"));

    // More hosts than there are ports, and more of each lane than that lane has.
    private static IEnumerable<WireHost> Crowd(Scene scene)
    {
        int[] missing = new int[scene.Contract.Lanes];
        Array.Fill(missing, ScarceResources.PortsOfLane(missing.Length) + TooMany);
        while (missing.Any(count => count > 0))
        {
            WireHost host = scene.Inside();
            missing[scene.Contract.LaneOf(host.Address)]--;
            yield return host;
        }
    }

    // Hosts with a port each that all talk to one server, more than there are ports. Returns who is in.
    private static List<(UdpEnd Client, IPEndPoint External)> Fill(Scene scene, UdpEnd server)
    {
        Stopwatch watch = Stopwatch.StartNew();
        List<(UdpEnd Client, IPv4Packet Sent)> tried = [];
        foreach (WireHost host in Crowd(scene))
        {
            UdpEnd client = scene.Udp(host);
            tried.Add((client, client.Send(server.Local)));
        }

        scene.Settle();
        List<(UdpEnd, IPEndPoint)> entered = [];
        foreach ((UdpEnd client, IPv4Packet sent) in tried)
        {
            if (server.Host.Look(packet => server.IsFor(packet, sent)) is [IPv4Packet seen, ..])
            {
                entered.Add((client, seen.From));
            }
        }

        int ports = ScarceResources.Ports(scene.Contract.Lanes);
        BeforeAnyEnds(watch, () => Scene.Require(
            entered.Count == ports, $"{entered.Count} of {tried.Count} hosts found a port; there are {ports}"));
        return entered;
    }

    private static void BeforeAnyEnds(Stopwatch sinceFirst, Action steps)
        => Scene.Before(sinceFirst, ScarceResources.UdpUnreplied - 0.8, steps);

    // All at once, because none of them has long.
    private static void RequireKept(
        string when, List<(UdpEnd Client, IPEndPoint External)> entered, UdpEnd server)
    {
        List<(IPEndPoint External, IPv4Packet Sent)> sent =
            [.. entered.Select(one => (one.External, one.Client.Send(server.Local)))];
        foreach ((IPEndPoint external, IPv4Packet packet) in sent)
        {
            Scene.RequireSame(when, external, server.Receive(packet).From);
        }
    }

    private static void MappingIsKeptToTheLast(Scene scene) => BeforeAnyEnds(Stopwatch.StartNew(), () => RequireKept(
        "when no port was left", Fill(scene, scene.Udp(scene.Outside())), scene.Udp(scene.Outside())));

    // With TCP, whose ports no other probe uses up.
    private static void RefusedIsTold(Scene scene)
    {
        TcpEnd server = scene.Tcp(scene.Outside());
        List<(WireHost Client, IPv4Packet Syn)> tried = [];
        foreach (WireHost host in Crowd(scene))
        {
            TcpEnd client = scene.Tcp(host);
            tried.Add((client.Host, client.Send(server.Local, TcpPacket.Syn)));
        }

        scene.Settle();
        int entered = tried.RemoveAll(one => server.Host.Look(packet => server.IsFor(packet, one.Syn)).Count > 0);
        int ports = ScarceResources.Ports(scene.Contract.Lanes);
        Scene.Require(entered == ports, $"{entered} hosts found a port; there are {ports}");
        foreach ((WireHost client, IPv4Packet syn) in tried)
        {
            client.Receive(
                "ICMP 3/13",
                packet => Errors.IsAbout(packet, syn)
                    && IcmpPacket.Code(packet) == IcmpPacket.AdministrativelyProhibited);
        }
    }

    private static void OldOnesStay(Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        BeforeAnyEnds(Stopwatch.StartNew(), () =>
        {
            List<(UdpEnd Client, IPEndPoint External)> entered = Fill(scene, server);
            List<(UdpEnd Client, IPv4Packet Sent)> answers =
                [.. entered.Select(one => (one.Client, server.Send(one.External)))];
            answers.ForEach(answer => answer.Client.Receive(answer.Sent));
            RequireKept("after others were refused", entered, server);
        });
    }

    private static void PortsServeEveryEndpoint(Scene scene)
    {
        foreach (int _ in Enumerable.Range(0, 3))
        {
            Fill(scene, scene.Udp(scene.Outside()));
        }
    }

    private static void FreedPortRests(Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        Stopwatch watch = Stopwatch.StartNew();
        Fill(scene, server);
        double filled = watch.Elapsed.TotalSeconds;
        scene.WaitUntilAfter(watch, filled + ScarceResources.UdpUnreplied);
        UdpEnd newcomer = scene.Udp(scene.Inside());
        bool entered = newcomer.Send(server.Local) is { } sent && Arrived(scene, server, sent);
        Scene.RequireBefore(watch, ScarceResources.UdpUnreplied + ScarceResources.Quarantine - 0.8);
        Scene.Require(!entered, "a port was given away as soon as it was free");
        scene.WaitUntilAfter(watch, filled + ScarceResources.UdpUnreplied + ScarceResources.Quarantine);
        newcomer.Reaches(server);
    }

    private static void PortsAreLimited(Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        WireHost greedy = scene.Inside();
        RequireEntered(
            scene,
            Enumerable.Range(0, ScarceResources.SubscriberPorts + 4).Select(_ => (scene.Udp(greedy), server)),
            ScarceResources.SubscriberPorts);
        scene.Udp(scene.Inside()).Reaches(server);
    }

    private static void SessionsAreLimited(Scene scene)
    {
        UdpEnd greedy = scene.Udp(scene.Inside());
        List<(UdpEnd, UdpEnd)> pairs =
        [
            .. Enumerable.Range(0, ScarceResources.SubscriberSessions + 4)
                .Select(_ => (greedy, scene.Udp(scene.Outside()))),
        ];
        RequireEntered(scene, pairs, ScarceResources.SubscriberSessions);
        scene.Udp(scene.Inside()).Reaches(scene.Udp(scene.Outside()));
    }

    private static void RateIsLimited(Scene scene)
    {
        const int burst = 3 * ScarceResources.SubscriberRate / 2;
        UdpEnd hasty = scene.Udp(scene.Inside());
        Stopwatch watch = Stopwatch.StartNew();
        int entered = Entered(scene, Enumerable.Range(0, burst).Select(_ => (hasty, scene.Udp(scene.Outside()))));

        // As many at once after a second's silence, and then so many a second.
        double most = ScarceResources.SubscriberRate * (1 + watch.Elapsed.TotalSeconds);
        Scene.Require(
            entered >= ScarceResources.SubscriberRate && entered <= most + 1,
            $"{entered} of {burst} sessions at once; allowed are {ScarceResources.SubscriberRate}");
        if (most >= burst)
        {
            throw new TooLate("a burst took as long as it may");
        }
    }

    // With a limit of their rate sessions are opened at that rate, so that only their number is what refuses them.
    private static void RequireEntered(Scene scene, IEnumerable<(UdpEnd Client, UdpEnd Server)> pairs, int allowed)
    {
        int entered = 0;
        Stopwatch watch = Stopwatch.StartNew();
        foreach ((UdpEnd Client, UdpEnd Server)[] chunk in pairs.Chunk(ScarceResources.SubscriberRate * 3 / 4))
        {
            if (entered > 0 && scene.Contract.SubscriberRate > 0)
            {
                scene.WaitUntilAfter(Stopwatch.StartNew(), 0.2);
            }

            entered += Entered(scene, chunk);
        }

        BeforeAnyEnds(watch, () => Scene.Require(
            entered == allowed, $"{entered} were let through; allowed are {allowed}"));
    }

    private static int Entered(Scene scene, IEnumerable<(UdpEnd Client, UdpEnd Server)> pairs)
    {
        List<(UdpEnd Server, IPv4Packet Sent)> sent =
            [.. pairs.Select(pair => (pair.Server, pair.Client.Send(pair.Server.Local)))];
        scene.Settle();
        return sent.Count(one => one.Server.Host.Look(packet => one.Server.IsFor(packet, one.Sent)).Count > 0);
    }

    private static bool Arrived(Scene scene, UdpEnd server, IPv4Packet sent)
    {
        scene.Settle();
        return server.Host.Look(packet => server.IsFor(packet, sent)).Count > 0;
    }
}
