using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NatEngine.Conformance.Probes;

/// <summary>Every requirement that can be judged from outside.</summary>
internal static class ProbeCatalog
{
    /// <summary>All, in the order of the RFCs.</summary>
    public static IReadOnlyList<Probe> All { get; } =
    [
        .. ((Probe[])
        [
            .. UdpMappingProbes.All, .. UdpTimerProbes.All, .. UdpFilteringProbes.All, .. UdpErrorProbes.All,
            .. FragmentProbes.All,
            .. TcpMappingProbes.All, .. TcpStateProbes.All, .. TcpTimerProbes.All,
            .. IcmpQueryProbes.All, .. IcmpErrorProbes.All,
            .. UpdateProbes.All,
            .. CarrierProbes.All, .. ScarcityProbes.All,
        ]).OrderBy(probe => Order.IndexOf(probe.Rfc)).ThenBy(Number),
    ];

    private static List<int> Order => [4787, 5382, 5508, 7857, 6888];

    // REQ-9a comes after REQ-9 as written; only the number needs to be read.
    private static int Number(Probe probe) => int.Parse(
        string.Concat(probe.Requirement.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)),
        CultureInfo.InvariantCulture);
}
