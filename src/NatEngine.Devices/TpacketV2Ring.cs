using System;
using System.Diagnostics;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>A TPACKET_V2 receive ring: one slot, one status word, one frame.</summary>
/// <remarks>
/// <para>Whose a slot is, its status word says, and nothing else:</para>
/// <code>
/// TP_STATUS_KERNEL ──kernel──▶ TP_STATUS_USER ──Receive──▶ TP_STATUS_USER|Held ──Release──▶ TP_STATUS_KERNEL
/// </code>
/// <para>The kernel's promise (Documentation/networking/packet_mmap.rst): "The kernel initializes all frames to
/// TP_STATUS_KERNEL, when the kernel receives a packet it puts in the buffer and updates the status with at least the
/// TP_STATUS_USER flag. Then the user can read the packet, once the packet is read the user must zero the status field,
/// so the kernel can use again that frame buffer." It fills slots in ring order and takes one only if its status is
/// exactly TP_STATUS_KERNEL (<c>packet_lookup_frame</c>), so a bit of ours in the word of a slot that is ours disturbs
/// it in nothing. That bit is what keeps Receive, when it comes round the ring, from taking a frame that is still held:
/// it needs no count shared between the receiving and the releasing thread, and stays right when a truncated frame is
/// given back before its elders.</para>
/// <para>Ordering: the acquire read of the status comes before the reads of what the kernel wrote before it (it has a
/// full barrier there); the release write in Release comes after everything that was done with the frame. The frame
/// itself goes from the receiving to the releasing thread by a hand-over that orders memory, a channel.</para>
/// </remarks>
internal sealed unsafe class TpacketV2Ring : IReceiveRing
{
    // No TP_STATUS_ of linux/if_packet.h.
    private const uint Held = 1 << 24;

    private readonly MemoryMapping _memory;
    private readonly byte* _start;
    private readonly RingGeometry _geometry;
    private byte* _next;
    private int _slotInBlock;
    private int _block;
    private long _truncatedFrames;

    internal TpacketV2Ring(MemoryMapping memory, RingGeometry geometry)
    {
        Debug.Assert(geometry.SlotLength % RingGeometry.Line == 0, "slots are named by their line");
        _memory = memory;
        _geometry = geometry;
        _start = memory.Start;
        _next = _start;
    }

    /// <inheritdoc/>
    public long TruncatedFrames => Volatile.Read(ref _truncatedFrames);

    /// <inheritdoc/>
    public int Receive(Span<Frame> frames)
    {
        int count = 0;

        // Bounded by looks, not by frames taken, so that a flood of frames too long can't keep the thread here. While
        // none was found it looks on, once round the ring: who is given none sleeps until another one arrives.
        int looks = frames.Length;
        for (int look = 0; look < looks; look++)
        {
            Libc.tpacket2_hdr* header = (Libc.tpacket2_hdr*)_next;
            uint status = Volatile.Read(ref header->tp_status);
            if ((status & (Libc.TP_STATUS_USER | Held)) != Libc.TP_STATUS_USER)
            {
                break;
            }

            if (header->tp_snaplen < header->tp_len)
            {
                Discard(header);
                looks += count == 0 && looks < _geometry.Slots ? 1 : 0;
            }
            else
            {
                Debug.Assert(header->tp_mac == RingGeometry.FrameOffset, "the virtio header fits before the frame");
                Debug.Assert(header->tp_mac + header->tp_snaplen <= _geometry.SlotLength, "a frame ends in its slot");
                header->tp_status = status | Held;
                frames[count++] = new Frame((byte*)header + header->tp_mac, (int)header->tp_snaplen, LineOf(header));
            }

            Advance();
        }

        return count;
    }

    /// <inheritdoc/>
    public void Release(ReadOnlySpan<Frame> frames)
    {
        foreach (Frame frame in frames)
        {
            Libc.tpacket2_hdr* header = (Libc.tpacket2_hdr*)(_start + ((nint)frame.Slot * RingGeometry.Line));
            Debug.Assert((header->tp_status & Held) != 0, "a frame is released once, to the ring it came from");
            Volatile.Write(ref header->tp_status, Libc.TP_STATUS_KERNEL);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    // A slot is named by its offset in lines: back to its address without a division or a table.
    private int LineOf(Libc.tpacket2_hdr* header) => (int)(((byte*)header - _start) / RingGeometry.Line);

    private void Advance()
    {
        _next += _geometry.SlotLength;
        if (++_slotInBlock == _geometry.SlotsPerBlock)
        {
            _slotInBlock = 0;
            _block = _block + 1 == _geometry.Blocks ? 0 : _block + 1;
            _next = _start + ((nint)_block * _geometry.BlockLength);
        }
    }

    private void Discard(Libc.tpacket2_hdr* header)
    {
        Volatile.Write(ref _truncatedFrames, _truncatedFrames + 1);
        Volatile.Write(ref header->tp_status, Libc.TP_STATUS_KERNEL);
    }
}
