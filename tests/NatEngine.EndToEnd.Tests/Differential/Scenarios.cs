using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>All scenarios.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. UdpScenarios.All, .. TcpScenarios.All, .. TcpClosingScenarios.All, .. IcmpScenarios.All,
        .. IcmpErrorScenarios.All, .. HeaderScenarios.All, .. FragmentScenarios.All, .. OtherProtocolScenarios.All,
        .. RandomScenarios.All, .. StrangerScenarios.All,
    ];
}
