using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>NETMAP</c>: replaces the leading bits of the address, one to one: of the destination in PREROUTING, of
/// the source in POSTROUTING.</summary>
/// <param name="To">The new leading bits.</param>
public sealed record NetmapTarget(MaskedAddress To) : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => "NETMAP";

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-j", Name).Option("--to", To);
}
