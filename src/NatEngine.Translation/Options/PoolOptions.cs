using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>External addresses, or some ports of theirs, for some of the internal addresses, with a contract of their
/// own.</summary>
/// <remarks>Pools may share an external address if their ports there differ. ICMP identifiers of such an address are
/// shared, too.</remarks>
public sealed record PoolOptions
{
    /// <summary>What the operator calls it; no other pool has that name.</summary>
    public required string Name { get; init; }

    /// <summary>Whose it is. The pool with the longest prefix around an internal address is the address's; one that is
    /// in none belongs to the pool of <see cref="TranslationOptions"/> itself.</summary>
    public required IReadOnlyList<IPv4Prefix> InternalPrefixes { get; init; }

    /// <inheritdoc cref="TranslationOptions.ExternalAddresses"/>
    public required IReadOnlyList<IPv4Address> ExternalAddresses { get; init; }

    /// <inheritdoc cref="TranslationOptions.Ports"/>
    public PortRange Ports { get; init; } = new(1024, 65535);

    /// <inheritdoc cref="TranslationOptions.ExcludedPorts"/>
    public IReadOnlyList<PortRange> ExcludedPorts { get; init; } = [];

    /// <inheritdoc cref="TranslationOptions.Behavior"/>
    public TranslationBehavior Behavior { get; init; } = TranslationBehavior.Default;

    /// <inheritdoc cref="TranslationOptions.TcpBehavior"/>
    public TranslationBehavior? TcpBehavior { get; init; }

    /// <inheritdoc cref="TranslationOptions.Deterministic"/>
    public DeterministicOptions? Deterministic { get; init; }

    /// <inheritdoc cref="TranslationOptions.Blocks"/>
    public PortBlockOptions? Blocks { get; init; }
}
