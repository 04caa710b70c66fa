namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>Sets of gateways for theories.</summary>
internal static class GatewayKinds
{
    /// <summary>All of them.</summary>
    public static TheoryData<GatewayKind> All =>
        [GatewayKind.Masquerade, GatewayKind.NatEngine, GatewayKind.NatEngineOwned];

    /// <summary>Ours.</summary>
    public static TheoryData<GatewayKind> NatEngine => [GatewayKind.NatEngine, GatewayKind.NatEngineOwned];
}
