using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices.Tests;

/// <summary>The V3 ring over memory in which the test plays the kernel: for what the kernel does seldom.</summary>
public sealed class TpacketV3RingTests : IDisposable
{
    private const int BlockLength = 4096;
    private const int FirstFrame = 48;
    private const int FrameStride = 160;
    private const int Mac = 96;

    private static readonly RingGeometry Geometry = new(BlockLength, Blocks: 4, SlotLength: 2048);

    private readonly MemoryMapping _memory = MemoryMapping.Anonymous(Geometry.Length, "test");
    private readonly TpacketV3Ring _ring;

    public TpacketV3RingTests() => _ring = new TpacketV3Ring(_memory, Geometry);

    [Fact]
    public void A_block_goes_back_when_the_last_of_its_frames_is_released()
    {
        Fill(0, "aaa");
        Frame[] frames = Receive(3);

        _ring.Release(frames.AsSpan(0, 2));
        Assert.NotEqual(Libc.TP_STATUS_KERNEL, Block(0).hdr.block_status);
        _ring.Release(frames.AsSpan(2));
        Assert.Equal(Libc.TP_STATUS_KERNEL, Block(0).hdr.block_status);
    }

    [Fact]
    public void A_block_whose_last_frames_are_truncated_goes_back_with_its_last_whole_frame()
    {
        Fill(0, "-a-a--");
        Frame[] frames = Receive(2);

        Assert.Equal([1, 3], Numbers(frames));
        Assert.Equal(4, _ring.TruncatedFrames);
        _ring.Release(frames.AsSpan(0, 1));
        Assert.NotEqual(Libc.TP_STATUS_KERNEL, Block(0).hdr.block_status);
        _ring.Release(frames.AsSpan(1));
        Assert.Equal(Libc.TP_STATUS_KERNEL, Block(0).hdr.block_status);
    }

    [Fact]
    public void A_block_without_a_whole_frame_goes_back_at_once_and_held_ones_are_not_read_again()
    {
        Fill(0, "aa");
        Fill(1, "---");
        Fill(2, "");
        Fill(3, "a");

        Frame[] frames = Receive(3);

        Assert.Equal([0, 1, 0], Numbers(frames));
        Assert.Equal(Libc.TP_STATUS_KERNEL, Block(1).hdr.block_status);
        Assert.Equal(Libc.TP_STATUS_KERNEL, Block(2).hdr.block_status);

        // Round again: block 0 is held, though blocks 1 and 2 came and went.
        Assert.Equal(0, _ring.Receive(new Frame[8]));
        Fill(1, "a");
        Assert.Equal(0, _ring.Receive(new Frame[8]));
        _ring.Release(frames);
        Fill(0, "a");
        Assert.Equal(2, _ring.Receive(new Frame[8]));
    }

    [Fact]
    public void A_batch_can_end_inside_a_block()
    {
        Fill(0, "aaaaa");

        Assert.Equal([0, 1], Numbers(Receive(2)));
        Assert.Equal([2, 3], Numbers(Receive(2)));
        Assert.Equal([4], Numbers(Receive(1)));
        Assert.Equal(0, _ring.Receive(new Frame[2]));
    }

    public void Dispose() => _ring.Dispose();

    private Frame[] Receive(int count)
    {
        Frame[] frames = new Frame[count];
        Assert.Equal(count, _ring.Receive(frames));
        return frames;
    }

    private static List<int> Numbers(Frame[] frames)
    {
        List<int> numbers = [];
        foreach (Frame frame in frames)
        {
            numbers.Add(frame.Octets[0]);
        }

        return numbers;
    }

    private ref Libc.tpacket_block_desc Block(int block)
        => ref MemoryMarshal.AsRef<Libc.tpacket_block_desc>(_memory.Octets[(block * BlockLength)..]);

    // Writes a block as the kernel would: 'a' is a whole frame, '-' one that did not fit. Each says its number.
    private void Fill(int block, string frames)
    {
        Assert.Equal(Libc.TP_STATUS_KERNEL, Block(block).hdr.block_status);
        for (int i = 0; i < frames.Length; i++)
        {
            int offset = (block * BlockLength) + FirstFrame + (i * FrameStride);
            ref Libc.tpacket3_hdr header = ref MemoryMarshal.AsRef<Libc.tpacket3_hdr>(_memory.Octets[offset..]);
            header.tp_next_offset = FrameStride;
            header.tp_snaplen = 60;
            header.tp_len = frames[i] == 'a' ? 60u : 70_000u;
            header.tp_mac = Mac;
            _memory.Octets[offset + Mac] = (byte)i;
        }

        Block(block).hdr.num_pkts = (uint)frames.Length;
        Block(block).hdr.offset_to_first_pkt = FirstFrame;
        Block(block).hdr.block_status = Libc.TP_STATUS_USER;
    }
}
