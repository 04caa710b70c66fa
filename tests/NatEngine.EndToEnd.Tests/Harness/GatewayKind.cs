namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>What stands between the inside and the remote.</summary>
public enum GatewayKind
{
    /// <summary>The kernel's own NAT, by nftables. That the tests pass with it shows that they are right about
    /// networks; what natengine is judged by is then no opinion of ours.</summary>
    Masquerade,

    /// <summary>natengine on the external interface's own address, shared with the host.</summary>
    NatEngine,

    /// <summary>natengine on an external address that is the engine's alone.</summary>
    NatEngineOwned,
}
