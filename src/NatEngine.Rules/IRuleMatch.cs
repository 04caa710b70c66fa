using System.Text;

namespace NatEngine.Rules;

/// <summary>What a packet must fit for a rule to apply to it. Immutable, compared by value.</summary>
public interface IRuleMatch
{
    /// <summary>Appends the match as iptables-save writes it, with a space before each word.</summary>
    void AppendTo(StringBuilder text);
}
