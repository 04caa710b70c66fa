using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-s</c>: the source address.</summary>
/// <param name="Addresses">The addresses that fit.</param>
public sealed record SourceMatch(Condition<MaskedAddress> Addresses) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-s", Addresses);
}
