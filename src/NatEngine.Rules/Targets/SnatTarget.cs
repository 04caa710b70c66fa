using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>SNAT</c>: gives the session another source.</summary>
/// <param name="Addresses">One of these; null to leave the address alone.</param>
/// <param name="Ports">A port of these; null for any.</param>
/// <param name="Flags">How to choose.</param>
public sealed record SnatTarget(AddressRange? Addresses, PortRange? Ports, NatFlags Flags) : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => "SNAT";

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text) => text.Option("-j", Name)
        .Option("--to-source", TranslationText.Of(Addresses, Ports))
        .NatFlags(Flags);
}
