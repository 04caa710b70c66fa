using NatEngine.Rules;
using NatEngine.Translation.Policy;

namespace NatEngine.Translation.Explaining;

/// <summary>A rule, or the end of a chain, that was asked about a packet.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Misfit">The first of its conditions that the packet does not fit, of a condition with several parts the
/// part; null if it fits all.</param>
/// <param name="Packet">The packet as the rule saw it.</param>
public sealed record ExplainedRule(RuleLocation Location, IRuleMatch? Misfit, PacketAtHook Packet)
{
    /// <summary>True if the packet fits, so that the rule's target says what becomes of it.</summary>
    public bool Fits => Misfit is null;
}
