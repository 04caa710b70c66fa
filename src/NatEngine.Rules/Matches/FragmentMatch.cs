using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-f</c>: second and further fragments of a packet, which have no ports. Negated: packets that are whole,
/// and first fragments.</summary>
/// <param name="IsNegated">True after <c>!</c>.</param>
public sealed record FragmentMatch(bool IsNegated) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Flag("!", IsNegated).Word("-f");
}
