namespace NatEngine.Devices;

/// <summary>How <see cref="AfPacketDevice.Open"/> opens an interface.</summary>
public sealed record AfPacketOptions
{
    /// <summary>The interface's name, in the network namespace of the thread that opens it.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The shape of the receive ring.</summary>
    /// <remarks>Defaults to V2: V3's millisecond shows in every round trip.</remarks>
    public RingVersion Ring { get; init; } = RingVersion.V2;

    /// <summary>Frames that the receive ring holds, waiting or in the pipeline; rounded up to whole blocks.</summary>
    /// <remarks>Defaults to 1024, from 64 to 65,536. Room for super-frames takes 69,824 octets a slot (1024 slots: 72
    /// MiB of unswappable memory), room for 1500-octet frames 1,728. A V3 ring packs frames, and takes 32 KiB or 2 KiB
    /// for each. Rings of 256 and of 1024 slots were measured to forward 64-octet frames equally fast: what more slots
    /// buy is a longer pause of the reader without a loss.</remarks>
    public int Slots { get; init; } = 1024;

    /// <summary>Whether slots have room for super-frames of 64 KiB; if not, they have it for the interface's MTU, and
    /// longer frames are lost and counted as truncated.</summary>
    /// <remarks>Defaults to what the interface can deliver: super-frames if its driver passes them on (veth,
    /// virtio_net, tun…) or it merges segments on receive (GRO, LRO).</remarks>
    public bool? SuperFrames { get; init; }

    /// <summary>Whether frames go past the interface's queueing discipline straight to the driver
    /// (<c>PACKET_QDISC_BYPASS</c>).</summary>
    /// <remarks>Defaults to false: a discipline that the operator configured keeps its say, and its queue takes up
    /// bursts.</remarks>
    public bool BypassQdisc { get; init; }

    /// <summary>How frames are sent.</summary>
    /// <remarks>Defaults to AF_PACKET. AF_XDP goes past the queueing discipline, and only one device of an interface
    /// can have it. <see cref="BypassQdisc"/> then is about the frames that AF_XDP cannot carry.</remarks>
    public TransmitKind Transmit { get; init; } = TransmitKind.Packet;

    /// <summary>Octets that may be on their way to the link at a time (<c>SO_SNDBUF</c>).</summary>
    /// <remarks>Defaults to 8 MiB: a hundred super-frames. Without CAP_NET_ADMIN the kernel's own bound holds
    /// (<c>net.core.wmem_max</c>).</remarks>
    public int SendBufferOctets { get; init; } = 8 << 20;
}
