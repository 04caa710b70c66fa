using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary>Goes to a chain of the user's.</summary>
/// <param name="Chain">Its name.</param>
/// <param name="IsGoto">True for <c>-g</c>: what comes back from there goes where this chain was called from, not to
/// the next rule.</param>
public sealed record JumpTarget(string Chain, bool IsGoto) : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => Chain;

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option(IsGoto ? "-g" : "-j", Chain);
}
