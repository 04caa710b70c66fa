using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NatEngine.Packets.Headers;

/// <summary>A view of an Ethernet II header and the VLAN tags behind it, over the octets of a frame. Reading and
/// writing go to the frame.</summary>
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
        get => _wire.Destination.Value;
        set => _wire.Destination.Value = value;
    }

    /// <summary>The station that sent the frame on this link.</summary>
    public MacAddress Source
    {
        get => _wire.Source.Value;
        set => _wire.Source.Value = value;
    }

    /// <summary>Views the Ethernet header at the start of <paramref name="frame"/>.</summary>
    /// <returns>False, with <paramref name="header"/> not to be used, if the octets cannot hold the header and the tags
    /// it announces.</returns>
    public static bool TryParse(Span<byte> frame, out EthernetHeader header)
    {
        if (frame.Length < Length)
        {
            header = default;
            return false;
        }

        ref Wire wire = ref MemoryMarshal.AsRef<Wire>(frame);
        EtherType type = (EtherType)BinaryPrimitives.ReverseEndianness(wire.Type);
        int offset = Length;
        if (IsTag(type))
        {
            offset = FindEndOfTags(frame, out EtherType innermost);
            type = innermost;
        }

        header = new EthernetHeader(ref wire, type, offset);
        return offset <= frame.Length;
    }

    /// <summary>True for a frame without tags that carries IPv4: nearly all.</summary>
    internal static bool IsPlainIPv4(ReadOnlySpan<byte> frame)
        => frame.Length >= Length
            && BinaryPrimitives.ReadUInt16BigEndian(frame[(2 * MacAddress.Length)..]) == (ushort)EtherType.IPv4;

    /// <summary>Writes an untagged header at the start of <paramref name="frame"/>, which must hold
    /// <see cref="Length"/> octets.</summary>
    public static void Write(Span<byte> frame, MacAddress destination, MacAddress source, EtherType type)
    {
        destination.Write(frame);
        source.Write(frame[MacAddress.Length..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(2 * MacAddress.Length)..], (ushort)type);
    }

    /// <summary>Writes the two stations at the start of <paramref name="frame"/>, in two writes.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">The octets cannot hold the header.</exception>
    public static void WriteStations(Span<byte> frame, MacAddress destination, MacAddress source)
    {
        ref StationsWire stations = ref MemoryMarshal.AsRef<StationsWire>(frame);
        stations.First = BinaryPrimitives.ReverseEndianness((destination.Value << 16) | (source.Value >> 32));
        stations.Last = BinaryPrimitives.ReverseEndianness((uint)source.Value);
    }

    private static bool IsTag(EtherType type) => type is EtherType.VlanTag or EtherType.ServiceVlanTag;

    // Out of the way of the many frames without tags.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FindEndOfTags(ReadOnlySpan<byte> frame, out EtherType type)
    {
        int offset = Length;
        do
        {
            offset += VlanTagLength;
            if (offset > frame.Length)
            {
                type = EtherType.None;
                return offset;
            }

            // A tag is 16 bits of priority and VLAN identifier, then the type of what follows.
            type = (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[(offset - sizeof(ushort))..]);
        }
        while (IsTag(type) && offset < Length + (MaxVlanTags * VlanTagLength));

        return offset;
    }

    // The destination's six octets, and the first two of the source's.
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct StationsWire
    {
        public ulong First;
        public uint Last;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Wire
    {
        public MacAddressWire Destination;
        public MacAddressWire Source;
        public ushort Type;
    }
}
