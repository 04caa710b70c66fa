using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>A device without a link: a test puts frames in and takes out what was transmitted.</summary>
/// <remarks>
/// <para>Behaves as a ring does: frames stand in a fixed number of slots, a slot that is held stays occupied, and a
/// frame for which no slot is free is counted as a ring drop. Any one thread may inject while another receives.</para>
/// <para>A device made by <see cref="Repeating"/> is the endless source and sink of a benchmark: nothing is injected,
/// the prepared frames come again and again, each as soon as it was released, and what is transmitted is only counted.
/// Its poll handle is always readable.</para>
/// </remarks>
public sealed unsafe class MemoryDevice : IPacketDevice
{
    private const int Empty = 0;
    private const int Waiting = 1;
    private const int Held = 2;

    private readonly MemoryMapping _memory;
    private readonly EventCounter _readable;
    private readonly ConcurrentQueue<TransmittedFrame> _transmitted = new();

    // Inject turns a slot from Empty to Waiting, Receive from Waiting to Held, Release from Held to Empty (or,
    // repeating, to Waiting), each when it is done with the slot; nobody touches a slot in another's state.
    private readonly int[] _status;
    private readonly int[] _lengths;
    private readonly RepeatedFrames? _repeated;

    private int _injectCursor;
    private int _receiveCursor;
    private long _receivedFrames;
    private long _transmittedFrames;
    private long _ringDrops;

    /// <summary>Makes a device with an empty ring.</summary>
    /// <param name="name">The name it gives as its interface's.</param>
    /// <param name="slots">Frames that can be waiting or held at a time; at least 1.</param>
    public MemoryDevice(string name, int slots = 256)
        : this(name, slots, repeated: null)
    {
    }

    private MemoryDevice(string name, int slots, RepeatedFrames? repeated)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        Name = name;
        _repeated = repeated;
        _readable = new EventCounter(name);
        _memory = MemoryMapping.Anonymous((nuint)slots * FramePool.SlotStride, name);
        _status = new int[slots];
        _lengths = new int[slots];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SafeHandle PollHandle => _readable.Handle;

    /// <summary>How many transmitted frames wait to be taken.</summary>
    public int TransmittedCount => _transmitted.Count;

    /// <summary>Makes a device that receives the same frames again and again, in order, and counts what is
    /// transmitted.</summary>
    /// <param name="name">The name it gives as its interface's.</param>
    /// <param name="frames">The frames, in order; each occupies one slot. A benchmark that wants to see what the cache
    /// makes of a full ring gives as many as a ring has.</param>
    /// <remarks>A pipeline rewrites frames where they stand, so each is made what it was when it is received again: its
    /// virtio header and its first 128 octets, which hold every header, are restored. That costs about what the
    /// kernel's write of a small frame does, and no allocation.</remarks>
    public static MemoryDevice Repeating(string name, params ReadOnlySpan<ReadOnlyMemory<byte>> frames)
    {
        RepeatedFrames repeated = new(frames.Length);
        MemoryDevice device = new(name, frames.Length, repeated);
        for (int slot = 0; slot < frames.Length; slot++)
        {
            device.Inject(frames[slot].Span);
            repeated.Remember(slot, frames[slot].Span);
        }

        return device;
    }

    /// <summary>Puts a frame into the receive ring.</summary>
    /// <param name="frame">The frame's octets, at most <see cref="FramePool.MaxFrameLength"/>; they are copied.</param>
    /// <param name="header">What the kernel would say of it.</param>
    /// <returns>False, counting a ring drop, if no slot is free.</returns>
    public bool Inject(ReadOnlySpan<byte> frame, VirtioNetHeader header = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, FramePool.MaxFrameLength);
        int slot = _injectCursor;
        if (Volatile.Read(ref _status[slot]) != Empty)
        {
            Interlocked.Increment(ref _ringDrops);
            return false;
        }

        _lengths[slot] = frame.Length;
        Frame place = FrameAt(slot);
        place.Header = header;
        frame.CopyTo(place.Octets);
        Volatile.Write(ref _status[slot], Waiting);
        _injectCursor = Next(slot);
        _readable.Signal();
        return true;
    }

    /// <summary>Takes the oldest frame that was transmitted and not yet taken.</summary>
    public bool TryTakeTransmitted([NotNullWhen(true)] out TransmittedFrame? frame)
        => _transmitted.TryDequeue(out frame);

    /// <inheritdoc/>
    public int Receive(Span<Frame> frames)
    {
        int count = 0;
        while (count < frames.Length && IsWaiting(_receiveCursor))
        {
            int slot = _receiveCursor;
            frames[count] = FrameAt(slot);
            _repeated?.Restore(slot, frames[count]);
            _status[slot] = Held;
            _receiveCursor = Next(slot);
            count++;
        }

        Volatile.Write(ref _receivedFrames, _receivedFrames + count);
        if (_repeated is null && !IsWaiting(_receiveCursor))
        {
            ClearReadable();
        }

        return count;
    }

    /// <inheritdoc/>
    public void Release(ReadOnlySpan<Frame> frames)
    {
        int after = _repeated is null ? Empty : Waiting;
        foreach (Frame frame in frames)
        {
            Volatile.Write(ref _status[frame.Slot], after);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Takes every frame. Except on a <see cref="Repeating"/> device it allocates the copies that
    /// <see cref="TryTakeTransmitted"/> gives.</remarks>
    public int Transmit(ReadOnlySpan<Frame> frames)
    {
        if (_repeated is null)
        {
            foreach (Frame frame in frames)
            {
                _transmitted.Enqueue(new TransmittedFrame(frame.Header, frame.Octets.ToArray()));
            }
        }

        Volatile.Write(ref _transmittedFrames, _transmittedFrames + frames.Length);
        return frames.Length;
    }

    /// <inheritdoc/>
    public DeviceStatistics ReadStatistics() => new(
        Volatile.Read(ref _receivedFrames),
        Volatile.Read(ref _transmittedFrames),
        Volatile.Read(ref _ringDrops),
        TruncatedFrames: 0,
        TransmitRetries: 0,
        TransmitFailures: 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        _readable.Dispose();
        _memory.Dispose();
    }

    private Frame FrameAt(int slot)
        => new(_memory.Start + ((nuint)slot * FramePool.SlotStride) + FramePool.FrameOffset, _lengths[slot], slot);

    private bool IsWaiting(int slot) => Volatile.Read(ref _status[slot]) == Waiting;

    private int Next(int slot) => slot + 1 == _status.Length ? 0 : slot + 1;

    // Unreadable first, then one more look: a frame injected before the look is seen by it, one injected after it makes
    // the descriptor readable again. A descriptor that is readable for nothing lasts until the next Receive.
    private void ClearReadable()
    {
        _readable.Clear();
        if (IsWaiting(_receiveCursor))
        {
            _readable.Signal();
        }
    }
}
