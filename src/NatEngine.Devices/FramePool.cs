using System;
using System.Diagnostics;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>
/// Frames of our own, for what no ring brought: ARP requests, ICMP errors, frames that wait for their next hop.
/// </summary>
/// <remarks>
/// <para>One thread rents, one thread returns; they may be the same. Frames may be returned in any order. Neither
/// blocks or allocates.</para>
/// <para>The hand-over between the two is one octet per slot, as the kernel's own rings have one status word per slot:
/// only the renting thread turns it from free to rented, only the returning thread turns it back. The release write in
/// <see cref="Return"/> comes after everything that the returning side did with the frame, and the acquire read in
/// <see cref="TryRent"/> before anything that the renting side does with it.</para>
/// <para>The memory is reserved at start and takes room only where it was used.</para>
/// </remarks>
public sealed unsafe class FramePool : IDisposable
{
    /// <summary>Octets from one slot to the next: a 64 KiB frame and room before it, and not a multiple of 4096, so
    /// that the headers of successive frames do not fall into the same cache sets.</summary>
    public const int SlotStride = 69_824;

    /// <summary>The longest frame a slot holds, in octets.</summary>
    public const int MaxFrameLength = SlotStride - FrameOffset;

    // The virtio header ends where the frame begins; 18 puts the IPv4 header, 14 octets on, on a multiple of 16.
    internal const int FrameOffset = 18;

    private const byte Free = 0;
    private const byte Rented = 1;

    private readonly MemoryMapping _memory;
    private readonly byte[] _status;
    private int _cursor;

    /// <summary>Reserves a pool.</summary>
    /// <param name="slots">How many frames can be rented at a time; at least 1.</param>
    /// <exception cref="DeviceException">The kernel has no address space for it.</exception>
    public FramePool(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        _memory = MemoryMapping.Anonymous((nuint)slots * SlotStride, nameof(FramePool));
        _status = GC.AllocateArray<byte>(slots, pinned: true);
    }

    /// <summary>How many frames can be rented at a time.</summary>
    public int Slots => _status.Length;

    /// <summary>Rents a frame. Its virtio header is zero (an ordinary frame, checksums complete); its octets are
    /// whatever they were.</summary>
    /// <param name="length">The frame's length in octets.</param>
    /// <param name="frame">The frame, the caller's until <see cref="Return"/>.</param>
    /// <returns>False if every slot is rented, or <paramref name="length"/> is negative or more than
    /// <see cref="MaxFrameLength"/>.</returns>
    public bool TryRent(int length, out Frame frame)
    {
        if ((uint)length > MaxFrameLength || !TryFindFree(out int slot))
        {
            frame = default;
            return false;
        }

        _status[slot] = Rented;
        _cursor = slot + 1 == _status.Length ? 0 : slot + 1;
        frame = new Frame(_memory.Start + ((nuint)slot * SlotStride) + FrameOffset, length, slot);
        frame.Header = default;
        return true;
    }

    /// <summary>Gives frames back. They must not be used afterwards.</summary>
    public void Return(ReadOnlySpan<Frame> frames)
    {
        foreach (Frame frame in frames)
        {
            Debug.Assert(Owns(frame), "a frame goes back to the pool it came from");
            Debug.Assert(_status[frame.Slot] == Rented, "a frame is returned once");

            // Release: the next renter of the slot sees the frame as its last holder left it, never the reverse.
            Volatile.Write(ref _status[frame.Slot], Free);
        }
    }

    /// <summary>Whether a frame is one of this pool's.</summary>
    public bool Owns(Frame frame) => _memory.Holds(frame.Wire);

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private bool TryFindFree(out int slot)
    {
        // The search is a plain vectorised one: a stale octet only hides a slot that was freed just now. What it finds
        // is read once more with acquire; it can't have been taken, because only this thread takes slots.
        ReadOnlySpan<byte> status = _status;
        int ahead = status[_cursor..].IndexOf(Free);
        slot = ahead >= 0 ? _cursor + ahead : status[.._cursor].IndexOf(Free);
        return slot >= 0 && Volatile.Read(ref _status[slot]) == Free;
    }
}
