using System;

namespace NatEngine.Devices;

/// <summary>How the memory of a receive ring is divided: blocks, and slots that never straddle two of them.</summary>
/// <param name="BlockLength">Octets of a block, a multiple of the page size.</param>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="SlotLength">Octets from one slot of a block to the next.</param>
internal readonly record struct RingGeometry(int BlockLength, int Blocks, int SlotLength)
{
    /// <summary>Octets that a slot's offset is a multiple of.</summary>
    internal const int Line = 64;

    /// <summary>Octets from the start of a slot to the frame: <c>tpacket_rcv</c> puts the network header on a multiple
    /// of 16 beyond tpacket2_hdr, sockaddr_ll and 16 octets, moved on by <see cref="Reserve"/> and by the virtio
    /// header, and the Ethernet header right before it.</summary>
    internal const int FrameOffset = 82;

    /// <summary>PACKET_RESERVE: with the 10 octets of the virtio header it makes 16, so that the network header stays
    /// on a multiple of 16.</summary>
    internal const int Reserve = 6;

    /// <summary>The longest Ethernet frame around an IPv4 datagram: 14 octets of header, 4 of a tag, 65,535.</summary>
    internal const int SuperFrameLength = 65_553;

    private const int LargeBlock = 4 << 20;
    private const int SmallBlock = 256 << 10;
    private const int V3Block = 512 << 10;

    /// <summary>Slots in a block.</summary>
    internal int SlotsPerBlock => BlockLength / SlotLength;

    /// <summary>Slots in the ring.</summary>
    internal int Slots => SlotsPerBlock * Blocks;

    /// <summary>Octets of the ring.</summary>
    internal nuint Length => (nuint)BlockLength * (nuint)Blocks;

    /// <summary>A V2 ring: slots of one length.</summary>
    /// <param name="slots">Slots wanted; there will be at least as many.</param>
    /// <param name="frameLength">The longest frame a slot must hold.</param>
    internal static RingGeometry V2(int slots, int frameLength)
    {
        int slotLength = frameLength >= SuperFrameLength
            ? FramePool.SlotStride
            : OddLines(FrameOffset + frameLength);
        int blockLength = slotLength > SmallBlock / 8 ? LargeBlock : SmallBlock;
        int slotsPerBlock = blockLength / slotLength;
        return new RingGeometry(blockLength, (slots + slotsPerBlock - 1) / slotsPerBlock, slotLength);
    }

    /// <summary>A V3 ring: blocks that the kernel packs with frames as they come.</summary>
    /// <param name="slots">Slots wanted: there will be memory for as many frames of half the longest.</param>
    /// <param name="frameLength">The longest frame expected.</param>
    /// <remarks>The slot length is only what <c>packet_set_ring</c> wants to see; a frame may take a whole
    /// block.</remarks>
    internal static RingGeometry V3(int slots, int frameLength)
    {
        int octetsPerFrame = frameLength >= SuperFrameLength ? 32 << 10 : 2 << 10;
        long blocks = ((long)slots * octetsPerFrame + V3Block - 1) / V3Block;
        return new RingGeometry(V3Block, (int)Math.Max(blocks, 4), 2048);
    }

    // An odd number of cache lines visits every cache set before it comes back to the first, and is no multiple of
    // 4096: the headers of successive frames don't push each other out.
    private static int OddLines(int octets) => (((octets + Line - 1) / Line) | 1) * Line;
}
