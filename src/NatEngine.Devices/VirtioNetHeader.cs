using System.Runtime.InteropServices;

namespace NatEngine.Devices;

/// <summary>
/// What the kernel says of a frame beside its octets: what is left to do for its checksum, and whether it is a
/// super-frame of several segments. Ten octets, <c>struct virtio_net_hdr</c> of <c>linux/virtio_net.h</c>, in the
/// order of the host's processor.
/// </summary>
/// <remarks>
/// With <c>PACKET_VNET_HDR</c> it precedes every frame in the ring and every frame given to <c>sendmsg</c>. It goes
/// through as it came: translating addresses and ports changes neither lengths nor offsets.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct VirtioNetHeader
{
    /// <summary>Length of the header, in octets.</summary>
    public const int Length = 10;

    /// <summary>VIRTIO_NET_HDR_F_NEEDS_CSUM: the checksum at <see cref="ChecksumOffset"/> is only the sum of the
    /// pseudo-header; whoever sends the frame completes it from <see cref="ChecksumStart"/> to the end.</summary>
    public const byte NeedsChecksum = 1;

    /// <summary>VIRTIO_NET_HDR_GSO_NONE: an ordinary frame.</summary>
    public const byte GsoNone = 0;

    /// <summary><see cref="NeedsChecksum"/> and VIRTIO_NET_HDR_F_DATA_VALID (2).</summary>
    public byte Flags;

    /// <summary>VIRTIO_NET_HDR_GSO_*: what kind of super-frame this is, <see cref="GsoNone"/> if none.</summary>
    public byte GsoType;

    /// <summary>Octets of header that each segment repeats.</summary>
    public ushort HeaderLength;

    /// <summary>Octets of payload in each segment.</summary>
    public ushort GsoSize;

    /// <summary>Where summing starts, in octets from the frame's first; meaningful with
    /// <see cref="NeedsChecksum"/>.</summary>
    public ushort ChecksumStart;

    /// <summary>Where the checksum stands, in octets from <see cref="ChecksumStart"/>.</summary>
    public ushort ChecksumOffset;
}
