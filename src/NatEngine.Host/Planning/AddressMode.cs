namespace NatEngine.Host.Planning;

/// <summary>Whose the external addresses are.</summary>
internal enum AddressMode
{
    /// <summary>The engine's alone: it answers ARP and echo requests for them.</summary>
    Owned,

    /// <summary>The external interface's own: what the engine has no session for goes to the host.</summary>
    Shared,
}
