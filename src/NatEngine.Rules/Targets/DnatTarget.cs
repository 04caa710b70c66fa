using System.Globalization;
using System.Text;

namespace NatEngine.Rules.Targets;

/// <summary><c>DNAT</c>: gives the session another destination.</summary>
/// <param name="Addresses">One of these; null to leave the address alone.</param>
/// <param name="Ports">A port of these; null to leave it alone.</param>
/// <param name="BasePort">The port before translation that becomes the first of <paramref name="Ports"/>, the next one
/// the second, and so on; null if a port is chosen freely.</param>
/// <param name="Flags">How to choose.</param>
public sealed record DnatTarget(AddressRange? Addresses, PortRange? Ports, ushort? BasePort, NatFlags Flags)
    : IRuleTarget
{
    /// <inheritdoc/>
    public string Name => "DNAT";

    /// <inheritdoc/>
    public void AppendTo(StringBuilder text)
    {
        string shift = BasePort is { } port ? string.Create(CultureInfo.InvariantCulture, $"/{port}") : "";
        text.Option("-j", Name)
            .Option("--to-destination", TranslationText.Of(Addresses, Ports) + shift)
            .NatFlags(Flags);
    }
}
