using System.Text;
using NatEngine.Packets;

namespace NatEngine.Rules.Matches;

/// <summary><c>-m mac</c>: the hardware address of the station that sent the frame.</summary>
/// <param name="Source"><c>--mac-source</c>.</param>
public sealed record MacMatch(Condition<MacAddress> Source) : IRuleMatch
{
    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-m", "mac").Option("--mac-source", Source);
}
