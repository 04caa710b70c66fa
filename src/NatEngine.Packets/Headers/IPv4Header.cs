using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NatEngine.Packets.Headers;

/// <summary>A view of an IPv4 header (RFC 791) over the octets of a frame. Reading and writing go to the
/// frame.</summary>
/// <remarks>Valid while the frame is: until the batch that holds it is given to the next stage.</remarks>
public readonly ref struct IPv4Header
{
    /// <summary>Length of a header without options, in octets.</summary>
    public const int MinLength = 20;

    /// <summary>Length of a header with as many options as fit, in octets.</summary>
    public const int MaxLength = 60;

    internal const ushort DontFragmentFlag = 0x4000;
    internal const ushort MoreFragmentsFlag = 0x2000;
    private const ushort FragmentOffsetMask = 0x1FFF;

    private readonly ref Wire _wire;

    private IPv4Header(ref Wire wire) => _wire = ref wire;

    /// <summary>Length of the header with its options, in octets.</summary>
    public int HeaderLength => (_wire.VersionAndHeaderLength & 0xF) * 4;

    /// <summary>Differentiated services code point and congestion notification (RFC 2474, RFC 3168).</summary>
    public byte TrafficClass => _wire.TrafficClass;

    /// <summary>Length of header and payload, in octets.</summary>
    public ushort TotalLength
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.TotalLength);
        set => _wire.TotalLength = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>What the fragments of one packet have in common (RFC 6864).</summary>
    public ushort Identification
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.Identification);
        set => _wire.Identification = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>True if routers must not fragment the packet.</summary>
    public bool DontFragment => (FlagsAndOffset & DontFragmentFlag) != 0;

    /// <summary>True on every fragment but the last.</summary>
    public bool MoreFragments => (FlagsAndOffset & MoreFragmentsFlag) != 0;

    /// <summary>Where in the whole payload this fragment's begins, in octets.</summary>
    public int FragmentOffset => OffsetOf(FlagsAndOffset);

    /// <summary>True if this is a fragment, first, middle or last.</summary>
    public bool IsFragment => IsOfFragment(FlagsAndOffset);

    /// <summary>How many more routers may forward the packet.</summary>
    public byte TimeToLive
    {
        get => _wire.TimeToLive;
        set => _wire.TimeToLive = value;
    }

    /// <summary>What the payload is.</summary>
    public IpProtocol Protocol => (IpProtocol)_wire.Protocol;

    /// <summary>The checksum of the header.</summary>
    public ushort Checksum
    {
        get => BinaryPrimitives.ReverseEndianness(_wire.Checksum);
        set => _wire.Checksum = BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Where the packet comes from. Setting it leaves the checksum alone.</summary>
    public IPv4Address Source
    {
        get => new(BinaryPrimitives.ReverseEndianness(_wire.Source));
        set => _wire.Source = BinaryPrimitives.ReverseEndianness(value.Value);
    }

    /// <summary>Where the packet goes to. Setting it leaves the checksum alone.</summary>
    public IPv4Address Destination
    {
        get => new(BinaryPrimitives.ReverseEndianness(_wire.Destination));
        set => _wire.Destination = BinaryPrimitives.ReverseEndianness(value.Value);
    }

    /// <summary>Both addresses as one number; see <see cref="FlowTuple.Addresses"/>.</summary>
    internal ulong Addresses => BinaryPrimitives.ReverseEndianness(_wire.Addresses);

    /// <summary>The word that holds both, for who wants to keep it.</summary>
    internal ushort FlagsAndOffset => BinaryPrimitives.ReverseEndianness(_wire.FlagsAndOffset);

    /// <summary>Views the IPv4 header at the start of <paramref name="packet"/>.</summary>
    /// <returns>False, with <paramref name="header"/> not to be used, if the octets cannot hold the header and its
    /// options or the version is not 4. The total length is not judged: an ICMP error embeds packets cut short
    /// (RFC 792), whose total length is longer than what is there.</returns>
    public static bool TryParse(Span<byte> packet, out IPv4Header header)
    {
        if (packet.Length < MinLength)
        {
            header = default;
            return false;
        }

        header = new IPv4Header(ref MemoryMarshal.AsRef<Wire>(packet));
        int length = header.HeaderLength;
        return header._wire.VersionAndHeaderLength >> 4 == 4 && length >= MinLength && length <= packet.Length;
    }

    /// <summary>Views a header that was parsed before.</summary>
    /// <exception cref="System.ArgumentOutOfRangeException">The octets cannot hold a header.</exception>
    public static IPv4Header Over(Span<byte> packet) => new(ref MemoryMarshal.AsRef<Wire>(packet));

    /// <summary>Sets both addresses, in one write. Leaves the checksum alone.</summary>
    public void SetAddresses(FlowTuple tuple)
        => _wire.Addresses = BinaryPrimitives.ReverseEndianness(tuple.Addresses);

    /// <summary>The fragment's place, in octets, by <see cref="FlagsAndOffset"/>.</summary>
    internal static ushort OffsetOf(ushort flagsAndOffset) => (ushort)((flagsAndOffset & FragmentOffsetMask) * 8);

    /// <summary>Whether it is a fragment, by <see cref="FlagsAndOffset"/>.</summary>
    internal static bool IsOfFragment(ushort flagsAndOffset)
        => (flagsAndOffset & (MoreFragmentsFlag | FragmentOffsetMask)) != 0;

    /// <summary>Writes a header without options at the start of <paramref name="packet"/>, checksum included, and views
    /// it.</summary>
    /// <param name="packet">At least <see cref="MinLength"/> octets.</param>
    /// <param name="source">Where the packet comes from.</param>
    /// <param name="destination">Where it goes to.</param>
    /// <param name="protocol">What the payload is.</param>
    /// <param name="totalLength">Length of header and payload, in octets.</param>
    /// <param name="timeToLive">How many routers may forward it.</param>
    /// <param name="trafficClass">Code point and congestion notification.</param>
    public static IPv4Header Create(
        Span<byte> packet,
        IPv4Address source,
        IPv4Address destination,
        IpProtocol protocol,
        ushort totalLength,
        byte timeToLive = 64,
        byte trafficClass = 0)
    {
        packet[..MinLength].Clear();
        IPv4Header header = new(ref MemoryMarshal.AsRef<Wire>(packet));
        header._wire.VersionAndHeaderLength = 0x45;
        header._wire.TrafficClass = trafficClass;
        header.TotalLength = totalLength;
        header.TimeToLive = timeToLive;
        header._wire.Protocol = (byte)protocol;
        header.Source = source;
        header.Destination = destination;
        header.Checksum = InternetChecksum.Compute(packet[..MinLength]);
        return header;
    }

    [StructLayout(LayoutKind.Explicit, Size = MinLength)]
    internal struct Wire
    {
        [FieldOffset(0)]
        public byte VersionAndHeaderLength;

        [FieldOffset(1)]
        public byte TrafficClass;

        [FieldOffset(2)]
        public ushort TotalLength;

        [FieldOffset(4)]
        public ushort Identification;

        [FieldOffset(6)]
        public ushort FlagsAndOffset;

        [FieldOffset(8)]
        public byte TimeToLive;

        [FieldOffset(9)]
        public byte Protocol;

        [FieldOffset(10)]
        public ushort Checksum;

        [FieldOffset(12)]
        public uint Source;

        [FieldOffset(16)]
        public uint Destination;

        /// <summary>The two before.</summary>
        [FieldOffset(12)]
        public ulong Addresses;
    }
}
