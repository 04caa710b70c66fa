using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NatEngine.Packets.Headers;

/// <summary>A view of an Ethernet II header and the VLAN tags behind it, over the octets of a frame. Reading and
/// writing
/// go to the frame.</summary>
/// <remarks>Valid while the frame is: until the batch that holds it is given to the next stage.</remarks>
public readonly ref struct EthernetHeader
{
    /// <summary>Length of the header without tags, in octets.</summary>
    public const int Length = 14;

    /// <summary>Length of one VLAN tag, in octets.</summary>
    public const int VlanTagLength = 4;

    /// <summary>How many tags are stepped over: a service and a customer tag (IEEE 802.1ad).</summary>
    public const int MaxVlanTags = 2;

    private readonly ref Wire _wire;

    private EthernetHeader(ref Wire wire, EtherType payloadType, int payloadOffset)
    {
        _wire = ref wire;
        PayloadType = payloadType;
        PayloadOffset = payloadOffset;
    }

    /// <summary>What the frame carries behind its tags. A tag's own type here means that there are more tags than
    /// <see cref="MaxVlanTags"/>.</summary>
    public EtherType PayloadType { get; }

    /// <summary>Where the payload begins, in octets from the first of the frame.</summary>
    public int PayloadOffset { get; }

    /// <summary>How many VLAN tags the frame has.</summary>
    public int VlanTags => (PayloadOffset - Length) / VlanTagLength;

    /// <summary>The station the frame is for.</summary>
    public MacAddress Destination
    {
        get => new(
            ((ulong)BinaryPrimitives.ReverseEndianness(_wire.DestinationHigh) << 32)
            | BinaryPrimitives.ReverseEndianness(_wire.DestinationLow));
        set
        {
            _wire.DestinationHigh = BinaryPrimitives.ReverseEndianness((ushort)(value.Value >> 32));
            _wire.DestinationLow = BinaryPrimitives.ReverseEndianness((uint)value.Value);
        }
    }

    /// <summary>The station that sent the frame on this link.</summary>
    public MacAddress Source
    {
        get => new(
            ((ulong)BinaryPrimitives.ReverseEndianness(_wire.SourceHigh) << 32)
            | BinaryPrimitives.ReverseEndianness(_wire.SourceLow));
        set
        {
            _wire.SourceHigh = BinaryPrimitives.ReverseEndianness((ushort)(value.Value >> 32));
            _wire.SourceLow = BinaryPrimitives.ReverseEndianness((uint)value.Value);
        }
    }

    /// <summary>Views the Ethernet header at the start of <paramref name="frame"/>.</summary>
    /// <returns>False, with <paramref name="header"/> not to be used, if the octets cannot hold the header and the tags
    /// it announces.</returns>
    public static bool TryParse(Span<byte> frame, out EthernetHeader header)
    {
        header = default;
        if (frame.Length < Length)
        {
            return false;
        }

        ref Wire wire = ref MemoryMarshal.AsRef<Wire>(frame);
        EtherType type = (EtherType)BinaryPrimitives.ReverseEndianness(wire.Type);
        int offset = Length;
        for (int tag = 0; tag < MaxVlanTags && type is EtherType.VlanTag or EtherType.ServiceVlanTag; tag++)
        {
            if (frame.Length < offset + VlanTagLength)
            {
                return false;
            }

            // A tag is 16 bits of priority and VLAN identifier, then the type of what follows.
            type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
            offset += VlanTagLength;
        }

        header = new EthernetHeader(ref wire, type, offset);
        return true;
    }

    /// <summary>Writes an untagged header at the start of <paramref name="frame"/>, which must hold
    /// <see cref="Length"/> octets.</summary>
    public static void Write(Span<byte> frame, MacAddress destination, MacAddress source, EtherType type)
    {
        destination.Write(frame);
        source.Write(frame[MacAddress.Length..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(2 * MacAddress.Length)..], (ushort)type);
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Wire
    {
        public ushort DestinationHigh;
        public uint DestinationLow;
        public ushort SourceHigh;
        public uint SourceLow;
        public ushort Type;
    }
}
