using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.Memory;

/// <summary>How many sessions a system's memory is measured with, and how they come and go.</summary>
internal sealed record MemorySettings
{
    /// <summary>Sessions at most, as many as the tester can number.</summary>
    public const int MostSessions = 1 << 26;

    // Half of one address's ports for each remote endpoint: a table's memory is measured, not the search for a port.
    private const int Hosts = 1000;
    private const int PortsPerHost = 32;
    private const ushort FirstDestinationPort = 7;

    // Longer than any timer that ends an answered datagram's session, so that no session is opened twice at a time.
    private const double Recurrence = 600;

    /// <summary>Numbers of sessions, ascending.</summary>
    public IReadOnlyList<int> Sessions { get; init; } = [64_000, 1_000_000];

    /// <summary>Sessions opened per second while they are made.</summary>
    public double OpenRate { get; init; } = 100_000;

    /// <summary>How long sessions come and go; null if they are not to.</summary>
    public TimeSpan? Churn { get; init; }

    /// <summary>Sessions opened per second while they come and go.</summary>
    public int ChurnRate { get; init; } = 2_000;

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="BadInputException">Something is out of bounds.</exception>
    public void Check()
    {
        foreach (int sessions in Sessions)
        {
            Require(sessions is >= 1 and <= MostSessions, $"--sessions {sessions}: must be 1 to {MostSessions}.");
        }

        Require(OpenRate >= 1, $"--open-rate {OpenRate}: must be at least 1.");
        Require(ChurnRate is >= 1 and <= 100_000, $"--churn-rate {ChurnRate}: must be 1 to 100000.");
        Require(
            Churn is null || Churn >= TimeSpan.FromSeconds(1), $"--churn {Churn?.TotalSeconds}s: must be at least 1s.");
    }

    /// <summary>Connections of which at least so many are there: few sources, as many destinations as that takes.
    /// </summary>
    public static FlowSpaceOptions SpaceOf(int sessions, int seed)
    {
        const int PerDestination = Hosts * PortsPerHost;
        return new FlowSpaceOptions
        {
            FirstHost = Testbed.FirstClient,
            Hosts = Hosts,
            SourcePorts = PortsPerHost,
            FirstDestination = new TransportAddress(IPv4Address.From(Testbed.Target), FirstDestinationPort),
            Destinations = (sessions + PerDestination - 1) / PerDestination,
            Seed = seed,
        };
    }

    /// <summary>The connections that come and go.</summary>
    public FlowSpaceOptions ChurnSpace(int seed) => SpaceOf((int)(ChurnRate * Recurrence), seed);

    /// <summary>The settings for the results, as they would be typed.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary() => new Dictionary<string, string>
    {
        ["sessions"] = string.Join(',', Sessions),
        ["open-rate"] = OpenRate.ToString(CultureInfo.InvariantCulture),
        ["churn"] = Churn is { } churn
            ? string.Create(CultureInfo.InvariantCulture, $"{churn.TotalSeconds}s")
            : string.Empty,
        ["churn-rate"] = ChurnRate.ToString(CultureInfo.InvariantCulture),
    };
}
