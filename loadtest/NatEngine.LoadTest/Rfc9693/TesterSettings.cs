using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How the procedures of RFC 9693 are carried out: quickly, or as the RFC wants it.</summary>
internal sealed record TesterSettings
{
    private const ushort FirstDestinationPort = 7;

    // As many addresses as the inside host pretends to have, rounded.
    private const int MostHosts = 4000;
    private const int MostPorts = 64_512;

    /// <summary>Numbers of connections, ascending: the first makes the figure.</summary>
    public IReadOnlyList<int> Connections { get; init; } = [32_256];

    /// <summary>Inside hosts at most.</summary>
    public int Hosts { get; init; } = 512;

    /// <summary>Source ports of each host: 63, CSIT's number.</summary>
    public int PortsPerHost { get; init; } = 63;

    /// <summary>Whether all hosts use the same source ports, as in CSIT's scheme, or each its own.</summary>
    public bool SamePorts { get; init; }

    /// <summary>The upper end of searches, per second; null to find out what the tester can offer.</summary>
    public double? HighestRate { get; init; }

    /// <summary>How exact a search is, as a part of its upper end.</summary>
    public double Error { get; init; } = 0.05;

    /// <summary>How often a rate may fail before it has failed.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Rest between trials.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a search may take.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a trial of phase 2 lasts.</summary>
    public TimeSpan Trial { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Loss that still passes in phase 2, in percent. RFC 9693 and 2544 say none.</summary>
    public double AcceptedLoss { get; init; }

    /// <summary>Frame sizes.</summary>
    public IReadOnlyList<string> Frames { get; init; } = ["64", "imix"];

    /// <summary>Where the search for the capacity begins.</summary>
    public int SafeConnections { get; init; } = 32_256;

    /// <summary>Where it ends at the latest.</summary>
    public int MostConnections { get; init; } = 1 << 20;

    /// <summary>How exact it is, in connections.</summary>
    public int CapacityError { get; init; } = 4096;

    /// <summary>How exact the rates are that it goes by, as a part of the highest.</summary>
    public double CapacityRateError { get; init; } = 0.25;

    /// <summary>As the RFCs want it: 60 s trials, 2 s apart, one attempt, all frame sizes.</summary>
    public static TesterSettings Full { get; } = new()
    {
        Connections = [64_512, 258_048, 1_032_192],
        Hosts = 1024,
        Error = 0.005,
        Attempts = 1,
        Rest = TimeSpan.FromSeconds(2),
        Budget = TimeSpan.FromHours(4),
        Trial = TimeSpan.FromSeconds(60),
        Frames = FrameLengths.All,
        SafeConnections = 1_000_000,
        MostConnections = 1 << 26,
        CapacityError = 1,
        CapacityRateError = 0.05,
    };

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="BadInputException">Something is out of bounds.</exception>
    public void Check()
    {
        Require(Hosts is >= 1 and <= MostHosts, $"--hosts {Hosts}: must be 1 to {MostHosts}.");
        Require(
            PortsPerHost is >= 1 and <= MostPorts, $"--ports-per-host {PortsPerHost}: must be 1 to {MostPorts}.");
        Require(HighestRate is null or >= 1, $"--max-rate {HighestRate}: must be at least 1.");
        Require(Error is > 0 and < 1, $"--error {100 * Error}: must be more than 0 and less than 100 percent.");
        Require(AcceptedLoss is >= 0 and < 100, $"--accept-loss {AcceptedLoss}: must be 0 to less than 100 percent.");
        foreach (string size in Frames)
        {
            FrameLengths.Parse(size);
        }

        foreach (int connections in Connections)
        {
            Require(connections >= 1, $"--sessions {connections}: must be at least 1.");
            _ = new FlowSpace(SpaceOf(connections, 0));
        }
    }

    /// <summary>The settings for the results, as they would be typed.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary() => new Dictionary<string, string>
    {
        ["sessions"] = string.Join(',', Connections),
        ["hosts"] = Text(Hosts),
        ["ports-per-host"] = Text(PortsPerHost),
        ["same-ports"] = SamePorts ? "true" : "false",
        ["frames"] = string.Join(',', Frames),
        ["max-rate"] = HighestRate is { } rate ? Text(rate) : "what the tester can offer",
        ["error"] = Text(100 * Error),
        ["accept-loss"] = Text(AcceptedLoss),
        ["attempts"] = Text(Attempts),
        ["search-budget"] = Text(Budget.TotalSeconds),
        ["rest"] = Text(Rest.TotalSeconds),
        ["trial"] = Text(Trial.TotalSeconds),
    };

    /// <summary>A search for the highest rate that passes.</summary>
    /// <param name="highest">Its upper end.</param>
    /// <param name="bench">Where to rest between trials.</param>
    public RateBisection SearchUpTo(double highest, TesterBench bench)
        => new(highest, Error, Attempts, () => bench.Rest(Rest), Budget);

    /// <summary>The space of exactly so many connections: as many hosts as may be, and as few destinations as that
    /// takes.</summary>
    /// <exception cref="BadInputException">The number cannot be had.</exception>
    public FlowSpaceOptions SpaceOf(int connections, int seed)
    {
        int perDestination = Hosts * PortsPerHost;
        int destinations = (connections + perDestination - 1) / perDestination;
        return new FlowSpaceOptions
        {
            FirstHost = Testbed.FirstClient,
            Hosts = Hosts,
            SourcePorts = PortsPerHost,
            FirstDestination = new TransportAddress(IPv4Address.From(Testbed.Target), FirstDestinationPort),
            Destinations = destinations,
            SpreadPorts = !SamePorts,
            Seed = seed,
        };
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
