using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m mark</c>: the mark that an earlier rule gave to the packet; 0 if none did.</summary>
/// <param name="Mark"><c>--mark</c>.</param>
public sealed record MarkMatch(Condition<MaskedMark> Mark) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "mark").Option("--mark", Mark);
}
