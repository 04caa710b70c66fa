using System;
using System.Linq;
using NatEngine.Rules.Matches;

namespace NatEngine.Rules;

/// <summary>If a packet fits every match, it is counted and the target says what becomes of it. Immutable.</summary>
/// <remarks>Two rules are equal if they are written alike, counters included. Where they stand in a file is not
/// compared.</remarks>
public sealed record Rule
{
    /// <summary>What a packet must fit, in the order of iptables-save: source, destination, interfaces, protocol,
    /// fragment, then the <c>-m</c> matches as written. No match: every packet fits.</summary>
    public ValueList<IRuleMatch> Matches { get; init; } = [];

    /// <summary>What becomes of a packet that fits; null if it is only counted.</summary>
    public IRuleTarget? Target { get; init; }

    /// <summary>How much has fitted.</summary>
    public RuleCounters Counters { get; init; }

    /// <summary>The rule's words as they were written, if something in it is not supported; else null. Such a rule has
    /// neither matches nor target. It can stand in chains that natengine does not ask, and is refused in others.
    /// </summary>
    public string? Verbatim { get; init; }

    /// <summary>Where it was read; null if it was made otherwise.</summary>
    public RulePlace? Place { get; init; }

    /// <summary>The text of <c>-m comment</c>, if there is one.</summary>
    public string? Comment => Find<CommentMatch>()?.Text;

    /// <summary>The first match of a kind, or null.</summary>
    public T? Find<T>()
        where T : class, IRuleMatch
        => Matches.OfType<T>().FirstOrDefault();

    /// <summary>True if both do the same: written alike, whatever was counted.</summary>
    public bool IsSameAs(Rule other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Verbatim == other.Verbatim && Matches.Equals(other.Matches) && Equals(Target, other.Target);
    }

    /// <inheritdoc/>
    public bool Equals(Rule? other) => other is not null && Counters == other.Counters && IsSameAs(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Verbatim, Matches, Target, Counters);

    /// <summary>The rule as iptables-save writes it, without chain and counters.</summary>
    public override string ToString() => RuleText.Of(this);
}
