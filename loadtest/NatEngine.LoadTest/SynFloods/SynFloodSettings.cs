using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.SynFloods;

/// <summary>How systems are flooded with SYNs, and what else they carry meanwhile.</summary>
internal sealed record SynFloodSettings
{
    // Two million sources: none comes twice before its SYN could have been forgotten.
    private const int Hosts = 4000;
    private const int PortsPerHost = 500;

    /// <summary>SYNs per second; <see cref="StreamPlan.FullSpeed"/> for as many as the tester can send.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [75_000, 375_000, StreamPlan.FullSpeed];

    /// <summary>Where they come from.</summary>
    public IReadOnlyList<FloodOrigin> Origins { get; init; } = Enum.GetValues<FloodOrigin>();

    /// <summary>Established connections.</summary>
    public int OldSessions { get; init; } = 2_000;

    /// <summary>Their frames per second, both directions together.</summary>
    public double OldRate { get; init; } = 20_000;

    /// <summary>How long a flood lasts.</summary>
    public TimeSpan Flood { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long the established are watched before and after.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The connections: those established are the first of them, those that flood the others.</summary>
    public static FlowSpaceOptions SpaceOf(int seed) => new()
    {
        FirstHost = Testbed.FirstClient,
        Hosts = Hosts,
        SourcePorts = PortsPerHost,
        FirstDestination = new TransportAddress(IPv4Address.From(Testbed.Target), 7),
        UniqueSources = true,
        Protocol = IpProtocol.Tcp,
        Seed = seed,
    };

    /// <summary>How figures call a rate.</summary>
    public static string NameOf(double rate)
        => rate >= StreamPlan.FullSpeed ? "full" : ((int)rate).ToString(CultureInfo.InvariantCulture);
}
