using System;
using System.Buffers.Binary;
using System.IO;

namespace NatEngine.Devices;

/// <summary>Reads a capture file (pcap, draft-ietf-opsawg-pcap): Ethernet frames, with microseconds or nanoseconds,
/// written on a machine of either byte order.</summary>
internal sealed class PcapReader : IDisposable
{
    internal const uint MicrosecondMagic = 0xA1B2C3D4;
    internal const uint NanosecondMagic = 0xA1B23C4D;
    internal const int FileHeaderLength = 24;
    internal const int RecordHeaderLength = 16;
    internal const uint EthernetLinkType = 1;

    // What tcpdump takes for the longest record that can be meant (MAXIMUM_SNAPLEN).
    private const uint LongestRecord = 262_144;

    private readonly Stream _stream;
    private readonly string _name;
    private readonly bool _swapped;

    /// <summary>Reads the file's header and makes sure that it can be read to its end, so that no error is left for
    /// later.</summary>
    /// <param name="stream">The file, which can seek, at its start; disposed of with the reader.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="DeviceException">It is no such file, or damaged; says at which octet.</exception>
    internal PcapReader(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        Span<byte> header = stackalloc byte[FileHeaderLength];
        if (!TryFill(header))
        {
            throw Damaged("shorter than a file header");
        }

        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(header);
        _swapped = BinaryPrimitives.ReverseEndianness(magic) is MicrosecondMagic or NanosecondMagic;
        if (!_swapped && magic is not (MicrosecondMagic or NanosecondMagic))
        {
            throw new DeviceException($"{name}: not a pcap file (begins with {magic:x8}; pcapng is not read)");
        }

        // The upper bits say whether frames end with a check sequence; that of Ethernet is never there in practice.
        uint linkType = Number(header[20..]) & 0x0FFF_FFFF;
        if (linkType != EthernetLinkType)
        {
            throw new DeviceException($"{name}: not a capture of Ethernet (link type {linkType}, must be 1)");
        }

        CheckRecords();
    }

    /// <summary>Reads the header of the next record. Its octets must be read or skipped next.</summary>
    /// <param name="captured">How many octets of the frame are in the file.</param>
    /// <param name="original">How long the frame was on the wire.</param>
    /// <returns>False at the end.</returns>
    internal bool TryReadRecord(out int captured, out int original)
    {
        Span<byte> header = stackalloc byte[RecordHeaderLength];
        if (!TryFill(header))
        {
            captured = 0;
            original = 0;
            return false;
        }

        uint octets = Number(header[8..]);
        captured = octets <= LongestRecord ? (int)octets : throw Damaged($"a record of {octets} octets");
        original = (int)Math.Min(Number(header[12..]), int.MaxValue);
        return true;
    }

    /// <summary>Reads the octets of a record.</summary>
    internal void ReadOctets(Span<byte> frame) => _stream.ReadExactly(frame);

    /// <summary>Passes over the octets of a record.</summary>
    internal void SkipOctets(int count) => _stream.Seek(count, SeekOrigin.Current);

    public void Dispose() => _stream.Dispose();

    private void CheckRecords()
    {
        long start = _stream.Position;
        while (TryReadRecord(out int captured, out _))
        {
            if (_stream.Position + captured > _stream.Length)
            {
                throw Damaged("ends inside a frame");
            }

            SkipOctets(captured);
        }

        if (_stream.Position != _stream.Length)
        {
            throw Damaged("ends inside a record header");
        }

        _stream.Position = start;
    }

    private uint Number(ReadOnlySpan<byte> field) => _swapped
        ? BinaryPrimitives.ReadUInt32BigEndian(field)
        : BinaryPrimitives.ReadUInt32LittleEndian(field);

    private bool TryFill(Span<byte> header)
    {
        long start = _stream.Position;
        if (_stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length)
        {
            return true;
        }

        _stream.Position = start;
        return false;
    }

    private DeviceException Damaged(string how) => new($"{_name}: damaged at octet {_stream.Position}: {how}");
}
