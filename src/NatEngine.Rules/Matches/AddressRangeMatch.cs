using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m iprange</c>: addresses from one to another.</summary>
/// <param name="Sources"><c>--src-range</c>.</param>
/// <param name="Destinations"><c>--dst-range</c>.</param>
public sealed record AddressRangeMatch(Condition<AddressRange>? Sources, Condition<AddressRange>? Destinations)
    : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "iprange")
        .Option("--src-range", Sources)
        .Option("--dst-range", Destinations);
}
