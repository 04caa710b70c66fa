using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-d</c>: the destination address.</summary>
/// <param name="Addresses">The addresses that fit.</param>
public sealed record DestinationMatch(Condition<MaskedAddress> Addresses) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-d", Addresses);
}
