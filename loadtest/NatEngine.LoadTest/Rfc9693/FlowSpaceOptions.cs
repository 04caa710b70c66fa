using NatEngine.Packets;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>The ranges that a <see cref="FlowSpace"/> is made of.</summary>
internal sealed record FlowSpaceOptions
{
    /// <summary>The first inside host; the others follow it.</summary>
    public required IPv4Address FirstHost { get; init; }

    /// <summary>How many inside hosts.</summary>
    public required int Hosts { get; init; }

    /// <summary>Source ports of each host.</summary>
    public required int SourcePorts { get; init; }

    /// <summary>The first remote endpoint; the others have its address and the ports that follow.</summary>
    public required TransportAddress FirstDestination { get; init; }

    /// <summary>How many remote endpoints.</summary>
    public int Destinations { get; init; } = 1;

    /// <summary>Whether every connection has a source of its own, and the destinations take turns. If not, each source
    /// talks to each destination.</summary>
    public bool UniqueSources { get; init; }

    /// <summary>The transport protocol.</summary>
    public IpProtocol Protocol { get; init; } = IpProtocol.Udp;

    /// <summary>Whether each host's source ports begin at a place of their own, anywhere in 1024–65535 (RFC 4814), or
    /// all hosts use the same ones from 1024 on, as in CSIT's scheme.</summary>
    public bool SpreadPorts { get; init; } = true;

    /// <summary>What the places are drawn with.</summary>
    public int Seed { get; init; } = 1;
}
