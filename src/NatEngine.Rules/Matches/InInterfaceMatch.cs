using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-i</c>: the interface that the packet came in by.</summary>
/// <param name="Interface">The interface.</param>
public sealed record InInterfaceMatch(Condition<InterfacePattern> Interface) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-i", Interface);
}
