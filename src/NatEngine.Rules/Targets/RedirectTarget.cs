using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>REDIRECT</c>: makes the host itself the destination.</summary>
/// <param name="Ports">A port of these; null to leave it alone.</param>
/// <param name="Flags">How to choose.</param>
public sealed record RedirectTarget(PortRange? Ports, NatFlags Flags) : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => "REDIRECT";

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-j", Name).ToPorts(Ports).NatFlags(Flags);
}
