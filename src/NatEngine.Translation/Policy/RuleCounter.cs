using NatEngine.Rules;

namespace NatEngine.Translation.Policy;

/// <summary>What a rule has counted.</summary>
internal struct RuleCounter
{
    /// <summary>Packets.</summary>
    public ulong Packets;

    /// <summary>Octets of their IPv4 packets.</summary>
    public ulong Octets;

    /// <summary>As iptables-save has it.</summary>
    public readonly RuleCounters ToCounters() => new(Packets, Octets);
}
