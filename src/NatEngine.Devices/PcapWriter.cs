using System;
using System.Buffers.Binary;
using System.IO;

namespace NatEngine.Devices;

/// <summary>Writes a capture file (pcap, draft-ietf-opsawg-pcap) of Ethernet frames, with nanoseconds.</summary>
internal sealed class PcapWriter : IDisposable
{
    private const long NanosecondsPerTick = 100;

    private readonly Stream _stream;
    private readonly TimeProvider _clock;

    /// <summary>Writes the file's header.</summary>
    /// <param name="stream">The file; disposed of with the writer.</param>
    /// <param name="clock">What frames are stamped with.</param>
    internal PcapWriter(Stream stream, TimeProvider clock)
    {
        _stream = stream;
        _clock = clock;
        Span<byte> header = stackalloc byte[PcapReader.FileHeaderLength];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, PcapReader.NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2); // version 2.4
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], FramePool.MaxFrameLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], PcapReader.EthernetLinkType);
        stream.Write(header);
    }

    /// <summary>Writes a frame.</summary>
    internal void Write(ReadOnlySpan<byte> frame)
    {
        (long seconds, long ticks) = Math.DivRem(
            (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.TicksPerSecond);
        Span<byte> header = stackalloc byte[PcapReader.RecordHeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(ticks * NanosecondsPerTick));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], frame.Length);
        _stream.Write(header);
        _stream.Write(frame);
    }

    public void Dispose() => _stream.Dispose();
}
