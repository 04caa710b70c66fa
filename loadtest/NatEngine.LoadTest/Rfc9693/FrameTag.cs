using System;
using System.Buffers.Binary;
using System.Diagnostics;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What a frame of the tester says of itself, in the first octets of its payload: as many as the shortest
/// Ethernet frame has room for behind a UDP header.</summary>
/// <param name="Trial">Tells the frames of one trial from late ones of the trials before.</param>
/// <param name="Kind">What it is there for.</param>
/// <param name="Flow">The connection's number in its <see cref="FlowSpace"/>.</param>
/// <param name="Sequence">Its number among the frames of its stream, from 0.</param>
/// <param name="Time">When it was written, in <see cref="Stopwatch"/> ticks; only the lower 48 bits travel.</param>
internal readonly record struct FrameTag(byte Trial, FrameKind Kind, int Flow, uint Sequence, long Time)
{
    /// <summary>Octets of a tag.</summary>
    public const int Length = 18;

    private const ushort Magic = 0x9693;
    private const long TimeMask = (1L << 48) - 1;

    /// <summary>Reads a tag.</summary>
    /// <returns>False if the octets are none of the tester's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out FrameTag tag)
    {
        if (payload.Length < Length || BinaryPrimitives.ReadUInt16BigEndian(payload) != Magic)
        {
            tag = default;
            return false;
        }

        long time = ((long)BinaryPrimitives.ReadUInt16BigEndian(payload[12..]) << 32)
            | BinaryPrimitives.ReadUInt32BigEndian(payload[14..]);
        tag = new FrameTag(
            payload[2],
            (FrameKind)payload[3],
            BinaryPrimitives.ReadInt32BigEndian(payload[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(payload[8..]),
            time);
        return true;
    }

    /// <summary>Writes the tag.</summary>
    public void Write(Span<byte> payload)
    {
        BinaryPrimitives.WriteUInt16BigEndian(payload, Magic);
        payload[2] = Trial;
        payload[3] = (byte)Kind;
        BinaryPrimitives.WriteInt32BigEndian(payload[4..], Flow);
        BinaryPrimitives.WriteUInt32BigEndian(payload[8..], Sequence);
        BinaryPrimitives.WriteUInt16BigEndian(payload[12..], (ushort)(Time >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(payload[14..], (uint)Time);
    }

    /// <summary>How long ago the frame was written, in ticks.</summary>
    /// <param name="now">The time, in ticks of the same machine's clock.</param>
    public long Age(long now) => (now - Time) & TimeMask;
}
