using System.Text;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m set</c>: an address of the packet is in a list that a file has.</summary>
/// <param name="Set"><c>--match-set</c>: the list's name.</param>
/// <param name="IsByDestination">True if the destination is looked up, false if the source is.</param>
public sealed record SetMatch(Condition<string> Set, bool IsByDestination) : IRuleMatch
{
    /// <summary>The longest name of a list, in characters (IPSET_MAXNAMELEN less the zero).</summary>
    public const int MaxNameLength = 31;

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
        => text.Option("-m", "set").Option("--match-set", Set).Word(IsByDestination ? "dst" : "src");
}
