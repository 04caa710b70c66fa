using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Translation.Policy;

/// <summary>What the words of a rule mean in this gateway.</summary>
public sealed record RuleSurroundings
{
    /// <summary>The name of the interface to the inside.</summary>
    public required string InternalInterface { get; init; }

    /// <summary>The name of the interface to the outside.</summary>
    public required string ExternalInterface { get; init; }

    /// <summary>The hardware address of the interface to the inside, for lines in the log.</summary>
    public MacAddress InternalStation { get; init; }

    /// <summary>The hardware address of the interface to the outside.</summary>
    public MacAddress ExternalStation { get; init; }

    /// <summary>What the gateway can give a session as its source, which is all that its pools have.</summary>
    public required IReadOnlyList<IPv4Address> ExternalAddresses { get; init; }

    /// <summary>The gateway's own addresses: what is sent to them is for the machine itself.</summary>
    public IReadOnlyList<IPv4Address> OwnAddresses { get; init; } = [];

    /// <summary>The ports of <see cref="ExternalAddresses"/> that sessions may have.</summary>
    public required PortRange Ports { get; init; }

    /// <summary>The addresses of each pool whose ports are given in blocks or computed, so that a rule must not give
    /// others.</summary>
    public IReadOnlyList<IReadOnlyList<IPv4Address>> AllottedPools { get; init; } = [];

    /// <summary>Destinations that are reached through the interface to the inside: its networks, and what is routed
    /// through it.</summary>
    public IReadOnlyList<IPv4Prefix> InsideNetworks { get; init; } = [];

    /// <summary>What rules must keep to because several lanes ask them; null if there is but one.</summary>
    public LaneTerms? Lanes { get; init; }

    /// <summary>The lists of <c>-m set</c>, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IPv4Prefix>> Sets { get; init; }
        = new Dictionary<string, IReadOnlyList<IPv4Prefix>>();

    /// <summary>True if a test whose answer depends on what is not known of a session's first packet, or on chance,
    /// draws its answer: 0 of 2 for yes.</summary>
    internal bool Supposes { get; init; }
}
