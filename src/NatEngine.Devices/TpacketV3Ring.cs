using System;
using System.Diagnostics;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>A TPACKET_V3 receive ring: blocks that the kernel packs with frames and gives over whole.</summary>
/// <remarks>
/// <para>Whose a block is, its status word says, as in <see cref="TpacketV2Ring"/> whose a slot is; the kernel opens a
/// block only if its TP_STATUS_USER bit is clear (<c>prb_dispatch_next_block</c>), and that bit stays set while the
/// block is held.</para>
/// <para>The invariant: of each block's frames the last one that Receive hands out, and only that one, names the block
/// (<see cref="Frame.Slot"/>); the others name none. Frames are released in the order in which they were received, so
/// when the naming frame is released all others of its block have been, and the block can go back to the kernel.
/// Receive knows the last one when it hands it out, because it looks past truncated frames to the next whole one or the
/// block's end. A block without a whole frame is given back by Receive itself, before its elders perhaps: the kernel
/// does not mind, since it goes round in ring order and stops at the first block that is not its own.</para>
/// </remarks>
internal sealed unsafe class TpacketV3Ring : IReceiveRing
{
    // No TP_STATUS_ of linux/if_packet.h.
    private const uint Held = 1 << 24;

    private const int NoBlock = -1;

    private readonly MemoryMapping _memory;
    private readonly RingGeometry _geometry;
    private int _block;
    private uint _remaining;
    private Libc.tpacket3_hdr* _next;
    private long _truncatedFrames;

    internal TpacketV3Ring(MemoryMapping memory, RingGeometry geometry)
    {
        _memory = memory;
        _geometry = geometry;
    }

    /// <inheritdoc/>
    public long TruncatedFrames => Volatile.Read(ref _truncatedFrames);

    /// <inheritdoc/>
    public int Receive(Span<Frame> frames)
    {
        int count = 0;
        while (count < frames.Length && (_remaining != 0 || TryOpenBlock()))
        {
            Libc.tpacket3_hdr* header = _next;
            Debug.Assert(header->tp_mac >= sizeof(Libc.tpacket3_hdr) + VirtioNetHeader.Length, "room for the header");
            StepOver(header);
            SkipTruncated();
            int slot = _remaining != 0 ? NoBlock : CloseBlock();
            frames[count++] = new Frame((byte*)header + header->tp_mac, (int)header->tp_snaplen, slot);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Release(ReadOnlySpan<Frame> frames)
    {
        foreach (Frame frame in frames)
        {
            if (frame.Slot != NoBlock)
            {
                Debug.Assert((Descriptor(frame.Slot)->hdr.block_status & Held) != 0, "a block is released once");

                // Release: whatever was done with the block's frames is done.
                Volatile.Write(ref Descriptor(frame.Slot)->hdr.block_status, Libc.TP_STATUS_KERNEL);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    /// <summary>Opens the next block that has a whole frame, at that frame.</summary>
    private bool TryOpenBlock()
    {
        for (int look = 0; look < _geometry.Blocks; look++)
        {
            Libc.tpacket_block_desc* descriptor = Descriptor(_block);

            // Acquire: what the kernel wrote into the block before it gave it over is read after this.
            uint status = Volatile.Read(ref descriptor->hdr.block_status);
            if ((status & (Libc.TP_STATUS_USER | Held)) != Libc.TP_STATUS_USER)
            {
                return false;
            }

            descriptor->hdr.block_status = status | Held;
            _remaining = descriptor->hdr.num_pkts;
            _next = (Libc.tpacket3_hdr*)((byte*)descriptor + descriptor->hdr.offset_to_first_pkt);
            SkipTruncated();
            if (_remaining != 0)
            {
                return true;
            }

            Volatile.Write(ref Descriptor(CloseBlock())->hdr.block_status, Libc.TP_STATUS_KERNEL);
        }

        return false;
    }

    private int CloseBlock()
    {
        int closed = _block;
        _block = _block + 1 == _geometry.Blocks ? 0 : _block + 1;
        return closed;
    }

    private void SkipTruncated()
    {
        while (_remaining != 0 && _next->tp_snaplen < _next->tp_len)
        {
            Volatile.Write(ref _truncatedFrames, _truncatedFrames + 1);
            StepOver(_next);
        }
    }

    private void StepOver(Libc.tpacket3_hdr* header)
    {
        _remaining--;
        _next = (Libc.tpacket3_hdr*)((byte*)header + header->tp_next_offset);
    }

    private Libc.tpacket_block_desc* Descriptor(int block)
        => (Libc.tpacket_block_desc*)(_memory.Start + ((nint)block * _geometry.BlockLength));
}
