namespace NatEngine.Devices;

/// <summary>How an <see cref="AfPacketDevice"/> sends.</summary>
public enum TransmitKind
{
    /// <summary>By its AF_PACKET socket, through the interface's queueing discipline.</summary>
    Packet,

    /// <summary>By an AF_XDP socket beside it, past the queueing discipline and past what captures outgoing frames.
    /// Super-frames and frames with a partial checksum go by the AF_PACKET socket.</summary>
    Xdp,
}
