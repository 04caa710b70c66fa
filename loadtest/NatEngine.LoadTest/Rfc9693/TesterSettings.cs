using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How the procedures of RFC 9693 are carried out: quickly, or as the RFC wants it.</summary>
internal sealed record TesterSettings
{
    private const ushort FirstDestinationPort = 7;

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

    /// <summary>How long a trial of phase 2 lasts.</summary>
    public TimeSpan Trial { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Loss that still passes in phase 2, in percent. RFC 9693 and 2544 say none.</summary>
    public double AcceptedLoss { get; init; }

    /// <summary>Frame sizes.</summary>
    public IReadOnlyList<string> Frames { get; init; } = ["64", "imix"];

    /// <summary>As the RFCs want it: 60 s trials, 2 s apart, one attempt, all frame sizes.</summary>
    public static TesterSettings Full { get; } = new()
    {
        Connections = [64_512, 258_048, 1_032_192],
        Hosts = 1024,
        Error = 0.005,
        Attempts = 1,
        Rest = TimeSpan.FromSeconds(2),
        Trial = TimeSpan.FromSeconds(60),
        Frames = FrameLengths.All,
    };

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
}
