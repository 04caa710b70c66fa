namespace NatEngine.Host.Receiving;

/// <summary>How the kernel receives the two interfaces while the gateway runs.</summary>
internal enum ReceiveWay
{
    /// <summary>As it is set already, which usually means in interrupts.</summary>
    AsIs,

    /// <summary>In threads while interrupts would keep the gateway from forwarding, otherwise as it is set.</summary>
    Adaptive,

    /// <summary>In threads of its own.</summary>
    Threaded,
}
