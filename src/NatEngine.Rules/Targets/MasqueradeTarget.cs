using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>MASQUERADE</c>: gives the session the address of the interface that it leaves by as its source.
/// </summary>
/// <param name="Ports">A port of these; null for any.</param>
/// <param name="Flags">How to choose.</param>
public sealed record MasqueradeTarget(PortRange? Ports, NatFlags Flags) : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => "MASQUERADE";

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-j", Name).ToPorts(Ports).NatFlags(Flags);
}
