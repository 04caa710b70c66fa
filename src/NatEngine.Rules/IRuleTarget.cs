using System.Text;

namespace NatEngine.Rules;

/// <summary>What becomes of a packet that a rule applies to. Immutable, compared by value.</summary>
public interface IRuleTarget
{
    /// <summary>What stands after <c>-j</c> or <c>-g</c>.</summary>
    string Name { get; }

    /// <summary>Appends the target as iptables-save writes it, with a space before each word.</summary>
    void AppendTo(StringBuilder text);
}
