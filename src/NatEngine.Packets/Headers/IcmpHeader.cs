using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NatEngine.Packets.Headers;

/// <summary>A view of an ICMP header (RFC 792) over the octets of a frame. Reading and writing go to the
/// frame.</summary>
/// <remarks>Valid while the frame is: until the batch that holds it is given to the next stage.</remarks>
public readonly ref struct IcmpHeader
{
    /// <summary>Length of the header, in octets.</summary>
    public const int Length = 8;

    /// <summary>Where the checksum stands in the header, in octets.</summary>
    public const int ChecksumOffset = 2;

    private readonly ref Wire _wire;

    private IcmpHeader(ref Wire wire) => _wire = ref wire;

    /// <summary>What the message is.</summary>
    public IcmpType Type
    {
        get => (IcmpType)_wire.Type;
        set => _wire.Type = (byte)value;
    }

    /// <summary>The type's variety.</summary>
    public byte Code
    {
        get => _wire.Code;
        set => _wire.Code = value;
    }

    /// <summary>The checksum of the whole message.</summary>
    public ushort Checksum
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.Checksum);
        set => _wire.Checksum = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>What a query and its answer have in common, in host order. Means this in queries only.</summary>
    public ushort Identifier
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.Identifier);
        set => _wire.Identifier = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>The next hop's MTU, in octets, in a "fragmentation needed" error (RFC 1191); zero from old routers.
    /// </summary>
    public ushort NextHopMtu
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.Sequence);
        set => _wire.Sequence = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Views the ICMP header at the start of <paramref name="message"/>.</summary>
    /// <returns>False, with <paramref name="header"/> not to be used, if the octets cannot hold the header.</returns>
    public static bool TryParse(Span<byte> message, out IcmpHeader header)
    {
        if (message.Length < Length)
        {
            header = default;
            return false;
        }

        header = new IcmpHeader(ref MemoryMarshal.AsRef<Wire>(message));
        return true;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Wire
    {
        public byte Type;
        public byte Code;
        public ushort Checksum;
        public ushort Identifier;
        public ushort Sequence;
    }
}
