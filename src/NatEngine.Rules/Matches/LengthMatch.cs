using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m length</c>: the length of the IP packet in octets, headers included.</summary>
/// <param name="Lengths">The lengths that fit.</param>
public sealed record LengthMatch(Condition<PortRange> Lengths) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "length").Option("--length", Lengths);
}
