using System;

namespace NatEngine.Devices;

/// <summary>
/// Where one frame stands: a descriptor of octets that belong to a device's ring or to a <see cref="FramePool"/>, and
/// stay there. Sixteen octets, copied freely; the frame itself never is.
/// </summary>
/// <remarks>
/// <para>Valid from the <see cref="IPacketDevice.Receive"/> or <see cref="FramePool.TryRent"/> that gave it until the
/// <see cref="IPacketDevice.Release"/> or <see cref="FramePool.Return"/> that gives it back. Using it afterwards reads
/// and writes another packet: nothing checks that, so a frame has one holder at a time, the batch that carries
/// it.</para>
/// <para>What makes this safe: only this assembly makes one, from memory that it owns and that is mapped as long as the
/// device lives, and <see cref="Length"/> is at most the octets from the start of the frame to the end of its slot. The
/// <see cref="VirtioNetHeader"/> always stands in the ten octets before the frame, so that header and frame can be sent
/// as one piece.</para>
/// </remarks>
public readonly unsafe struct Frame
{
    private readonly byte* _start;

    internal Frame(byte* start, int length, int slot)
    {
        _start = start;
        Length = length;
        Slot = slot;
    }

    /// <summary>Length of the frame in octets, from the first of its Ethernet header, without the frame check
    /// sequence.</summary>
    public int Length { get; }

    /// <summary>Which of its owner's slots holds the frame.</summary>
    internal int Slot { get; }

    /// <summary>The octets of the frame, Ethernet header first. Writing to them writes to the ring.</summary>
    public Span<byte> Octets => new(_start, Length);

    /// <summary>What the kernel said of the frame, and what it will be told when the frame is sent.</summary>
    public ref VirtioNetHeader Header => ref *(VirtioNetHeader*)(_start - VirtioNetHeader.Length);

    /// <summary>True if the transport checksum is only its pseudo-header's sum so far.</summary>
    public bool HasPartialChecksum => (Header.Flags & VirtioNetHeader.NeedsChecksum) != 0;

    /// <summary>True if the frame stands for several segments and may be longer than the link's MTU.</summary>
    public bool IsSuperFrame => Header.GsoType != VirtioNetHeader.GsoNone;

    /// <summary>The same frame with less of its slot.</summary>
    internal Frame WithLength(int length) => new(_start, length, Slot);

    /// <summary>The octets that go to the kernel: header and frame.</summary>
    internal byte* Wire => _start - VirtioNetHeader.Length;

    /// <summary>How many octets go to the kernel.</summary>
    internal int WireLength => Length + VirtioNetHeader.Length;
}
