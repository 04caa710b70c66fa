using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>REJECT</c>: the packet goes no further, and its sender is told.</summary>
/// <param name="Answer">What the sender is told.</param>
public sealed record RejectTarget(RejectAnswer Answer) : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => "REJECT";

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
        => text.Option("-j", Name).Option("--reject-with", RejectAnswerNames.NameOf(Answer));
}
