using System;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules;

/// <summary>Rules that are asked in order.</summary>
/// <param name="Name">The chain's name.</param>
/// <param name="Policy">What becomes of a packet that no rule decided about: accept or drop. Null for a chain of the
/// user's, which goes back to where it was called.</param>
/// <param name="Counters">What the policy decided about. Zero for a chain of the user's.</param>
/// <param name="Rules">The rules.</param>
/// <remarks>Where a chain was declared is not compared.</remarks>
public sealed record RuleChain(string Name, Verdict? Policy, RuleCounters Counters, ValueList<Rule> Rules)
{
    /// <summary>Its name where it was declared; default if it was made otherwise.</summary>
    public Word Declaration { get; init; }

    /// <summary>True if netfilter's hooks ask it; false for a chain of the user's, which rules jump to.</summary>
    public bool IsBuiltIn => Policy is not null;

    /// <summary>A built-in chain as the kernel has it at start: empty, policy ACCEPT.</summary>
    public static RuleChain BuiltIn(string name) => new(name, Verdict.Accept, default, []);

    /// <summary>A new chain of the user's.</summary>
    public static RuleChain OfUser(string name) => new(name, null, default, []);

    /// <inheritdoc/>
    public bool Equals(RuleChain? other) => other is not null
        && Name == other.Name && Policy == other.Policy && Counters == other.Counters && Rules.Equals(other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Policy, Counters, Rules.Count);
}
