using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Settings;

/// <summary>Some external addresses or ports, for some internal addresses, and how those are seen.</summary>
internal sealed record PoolSettings
{
    /// <summary>What the operator calls it.</summary>
    internal string Name { get; init; } = TranslationOptions.DefaultPool;

    /// <summary>Its place in the list; null if it is the pool of all that are in none of the list.</summary>
    internal int? Place { get; init; }

    /// <summary>Whose it is.</summary>
    internal IReadOnlyList<IPv4Prefix> InternalPrefixes { get; init; } = [];

    /// <summary>Its external addresses; empty for the external interface's own, or in the list for those of the pool
    /// that is not in it.</summary>
    internal IReadOnlyList<AddressRange> ExternalAddresses { get; init; } = [];

    /// <summary>The TCP and UDP ports that mappings are made on.</summary>
    internal PortRange Ports { get; init; } = new(1024, 65535);

    /// <summary>Ports that mappings leave alone.</summary>
    internal IReadOnlyList<PortRange> ExcludedPorts { get; init; } = [];

    /// <summary>What <see cref="Behavior"/> was made from.</summary>
    internal string Preset { get; init; } = "default";

    /// <summary>How its sessions are seen.</summary>
    internal TranslationBehavior Behavior { get; init; } = TranslationBehavior.Default;

    /// <summary>How those of TCP are, if otherwise.</summary>
    internal TranslationBehavior? TcpBehavior { get; init; }

    /// <summary>Ports in blocks, if they are.</summary>
    internal PortBlockOptions? Blocks { get; init; }

    /// <summary>Computed ports, if they are.</summary>
    internal DeterministicOptions? Deterministic { get; init; }
}
