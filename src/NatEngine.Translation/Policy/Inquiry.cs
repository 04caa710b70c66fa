using System.Collections.Generic;

namespace NatEngine.Translation.Policy;

/// <summary>Somebody who only wants to know what would become of a packet. Whoever decides with one changes nothing,
/// and notes which rules were asked.</summary>
internal sealed class Inquiry
{
    /// <summary>Chance of its own, for ports: what real packets draw must not depend on who asks in between.</summary>
    public Guesses Random { get; } = new();

    /// <summary>The same for rules.</summary>
    public Guesses RuleRandom { get; } = new();

    /// <summary>True if a rule has left to chance whether it applies, or what it gives.</summary>
    public bool IsLeftToChance => RuleRandom.Drawn > 0;

    /// <summary>What a rule would have the sender told; see <see cref="Verdict.Rejection"/>.</summary>
    public byte Rejection { get; set; }

    /// <summary>What the rules of each hook were asked, in their order; fewer than three if the packet does not get so
    /// far.</summary>
    public List<HookTrail> Trails { get; } = [];
}
