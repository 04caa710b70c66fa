using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-o</c>: the interface that the packet will leave by.</summary>
/// <param name="Interface">The interface.</param>
public sealed record OutInterfaceMatch(Condition<InterfacePattern> Interface) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-o", Interface);
}
