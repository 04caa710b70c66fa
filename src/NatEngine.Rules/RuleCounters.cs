using System.Globalization;

namespace NatEngine.Rules;

/// <summary>How much a rule matched, or a policy decided about.</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Octets">Octets of their IP packets, headers included.</param>
public readonly record struct RuleCounters(ulong Packets, ulong Octets)
{
    /// <summary>The form of iptables-save: <c>[packets:octets]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Packets}:{Octets}]");
}
