using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.Ports;

/// <summary>How one external address is filled.</summary>
internal sealed record PortsSettings
{
    /// <summary>TCP and UDP ports from 1024 on: what one address has for one remote endpoint, or altogether.</summary>
    public const int PortsOfAnAddress = 64_512;

    private const int MostHosts = 4000;

    /// <summary>The cases, each on a system that was made to forget; the first is the one that is stormed.</summary>
    public IReadOnlyList<PortsCase> Cases { get; init; } = [new PortsCase(IpProtocol.Udp, 1)];

    /// <summary>Connections to attempt for each remote endpoint.</summary>
    public int Attempts { get; init; } = 68_000;

    /// <summary>Inside hosts.</summary>
    public int Hosts { get; init; } = 1000;

    /// <summary>Attempts per second while the address is filled.</summary>
    public double FillRate { get; init; } = 50_000;

    /// <summary>Existing connections whose traffic goes on meanwhile.</summary>
    public int OldSessions { get; init; } = 2_000;

    /// <summary>Their frames per second, both directions together.</summary>
    public double OldRate { get; init; } = 20_000;

    /// <summary>Newcomers per second while they are too many.</summary>
    public double NewcomerRate { get; init; } = 50_000;

    /// <summary>How long they keep trying.</summary>
    public TimeSpan Storm { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the old connections are watched before and after.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="BadInputException">Something is out of bounds.</exception>
    public void Check()
    {
        Require(Attempts is >= 1 and <= 1 << 22, $"--attempts {Attempts}: must be 1 to {1 << 22}.");
        Require(Hosts is >= 1 and <= MostHosts, $"--hosts {Hosts}: must be 1 to {MostHosts}.");
        Require(FillRate >= 1, $"--fill-rate {FillRate}: must be at least 1.");
        Require(OldSessions >= 1, $"--old-sessions {OldSessions}: must be at least 1.");
        Require(OldRate >= 2, $"--old-rate {OldRate}: must be at least 2.");
        Require(NewcomerRate >= 1, $"--newcomers {NewcomerRate}: must be at least 1.");
        foreach (PortsCase each in Cases)
        {
            _ = new FlowSpace(SpaceOf(each, 0));
        }
    }

    /// <summary>The connections of a case: each has a source of its own.</summary>
    public FlowSpaceOptions SpaceOf(PortsCase of, int seed) => new()
    {
        FirstHost = Testbed.FirstClient,
        Hosts = Hosts,
        SourcePorts = ((Attempts * of.Endpoints) + Hosts - 1) / Hosts,
        FirstDestination = new TransportAddress(IPv4Address.From(Testbed.Target), 7),
        Destinations = of.Endpoints,
        UniqueSources = true,
        Protocol = of.Protocol,
        Seed = seed,
    };

    /// <summary>The settings for the results, as they would be typed.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary() => new Dictionary<string, string>
    {
        ["cases"] = string.Join(',', Cases),
        ["attempts"] = Text(Attempts),
        ["hosts"] = Text(Hosts),
        ["fill-rate"] = Text(FillRate),
        ["old-sessions"] = Text(OldSessions),
        ["old-rate"] = Text(OldRate),
        ["newcomers"] = Text(NewcomerRate),
        ["storm"] = Text(Storm.TotalSeconds),
    };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
