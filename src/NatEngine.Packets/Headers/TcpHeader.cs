using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NatEngine.Packets.Headers;

/// <summary>A view of a TCP header (RFC 9293) over the octets of a frame. Reading and writing go to the
/// frame.</summary>
/// <remarks>Valid while the frame is: until the batch that holds it is given to the next stage.</remarks>
public readonly ref struct TcpHeader
{
    /// <summary>Length of a header without options, in octets.</summary>
    public const int MinLength = 20;

    /// <summary>Where the checksum stands in the header, in octets.</summary>
    public const int ChecksumOffset = 16;

    private readonly ref Wire _wire;

    private TcpHeader(ref Wire wire) => _wire = ref wire;

    /// <summary>The source port, in host order.</summary>
    public ushort SourcePort
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.SourcePort);
        set => _wire.SourcePort = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>The destination port, in host order.</summary>
    public ushort DestinationPort
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.DestinationPort);
        set => _wire.DestinationPort = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Both ports as one number; see <see cref="FlowTuple.Ports"/>.</summary>
    internal uint Ports => ((uint)SourcePort << 16) | DestinationPort;

    /// <summary>The sequence number of the first octet of the segment.</summary>
    public uint Sequence => BinaryPrimitives.ReverseEndianness(_wire.Sequence);

    /// <summary>The next sequence number the sender expects; means nothing without
    /// <see cref="TcpFlags.Ack"/>.</summary>
    public uint Acknowledgment => BinaryPrimitives.ReverseEndianness(_wire.Acknowledgment);

    /// <summary>Length of the header with its options, in octets.</summary>
    public int HeaderLength => (_wire.DataOffset >> 4) * 4;

    /// <summary>The control bits.</summary>
    public TcpFlags Flags => (TcpFlags)_wire.Flags;

    /// <summary>How many octets the sender will take, before scaling (RFC 7323).</summary>
    public ushort Window => BinaryPrimitives.ReverseEndianness(_wire.Window);

    /// <summary>The checksum of pseudo-header, header and payload.</summary>
    public ushort Checksum
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.Checksum);
        set => _wire.Checksum = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Views the TCP header at the start of <paramref name="segment"/>.</summary>
    /// <returns>False, with <paramref name="header"/> not to be used, if the octets cannot hold the header and its
    /// options.</returns>
    public static bool TryParse(Span<byte> segment, out TcpHeader header)
    {
        if (segment.Length < MinLength)
        {
            header = default;
            return false;
        }

        header = new TcpHeader(ref MemoryMarshal.AsRef<Wire>(segment));
        int length = header.HeaderLength;
        return length >= MinLength && length <= segment.Length;
    }

    /// <summary>Views a header that was parsed before.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">The octets cannot hold a header.</exception>
    public static TcpHeader Over(Span<byte> segment) => new(ref MemoryMarshal.AsRef<Wire>(segment));

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Wire
    {
        public ushort SourcePort;
        public ushort DestinationPort;
        public uint Sequence;
        public uint Acknowledgment;
        public byte DataOffset;
        public byte Flags;
        public ushort Window;
        public ushort Checksum;
        public ushort UrgentPointer;
    }
}
