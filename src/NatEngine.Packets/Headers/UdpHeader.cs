using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NatEngine.Packets.Headers;

/// <summary>A view of a UDP header (RFC 768) over the octets of a frame. Reading and writing go to the frame.</summary>
/// <remarks>Valid while the frame is: until the batch that holds it is given to the next stage.</remarks>
public readonly ref struct UdpHeader
{
    /// <summary>Length of the header, in octets.</summary>
    public const int Length = 8;

    /// <summary>Where the checksum stands in the header, in octets.</summary>
    public const int ChecksumOffset = 6;

    private readonly ref Wire _wire;

    private UdpHeader(ref Wire wire) => _wire = ref wire;

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
    internal uint Ports => BinaryPrimitives.ReverseEndianness(_wire.Ports);

    /// <summary>Length of header and payload, in octets.</summary>
    public ushort DatagramLength
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.Length);
        set => _wire.Length = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>The checksum; zero means that the sender computed none.</summary>
    public ushort Checksum
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.Checksum);
        set => _wire.Checksum = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Views the UDP header at the start of <paramref name="datagram"/>.</summary>
    /// <returns>False, with <paramref name="header"/> not to be used, if the octets cannot hold the header. The length
    /// field is not judged: a first fragment and the packet that an ICMP error embeds are shorter than it says.
    /// </returns>
    public static bool TryParse(Span<byte> datagram, out UdpHeader header)
    {
        if (datagram.Length < Length)
        {
            header = default;
            return false;
        }

        header = new UdpHeader(ref MemoryMarshal.AsRef<Wire>(datagram));
        return true;
    }

    /// <summary>Views a header that was parsed before, or the first eight octets of TCP's, whose ports stand there,
    /// too.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">The octets cannot hold the header.</exception>
    public static UdpHeader Over(Span<byte> datagram) => new(ref MemoryMarshal.AsRef<Wire>(datagram));

    /// <summary>Sets both ports, in one write. Leaves the checksum alone.</summary>
    public void SetPorts(FlowTuple tuple) => _wire.Ports = BinaryPrimitives.ReverseEndianness(tuple.Ports);

    [StructLayout(LayoutKind.Explicit, Size = UdpHeader.Length)]
    internal struct Wire
    {
        [FieldOffset(0)]
        public ushort SourcePort;

        [FieldOffset(2)]
        public ushort DestinationPort;

        /// <summary>The two before.</summary>
        [FieldOffset(0)]
        public uint Ports;

        [FieldOffset(4)]
        public ushort Length;

        [FieldOffset(6)]
        public ushort Checksum;
    }
}
