using NatEngine.Packets.Headers;

namespace NatEngine.Packets;

/// <summary>
/// What the stages need to know of a packet, read from it once: which session, where its headers stand. A value that
/// travels in the batch beside the frame.
/// </summary>
/// <remarks>Offsets are octets from the first of the frame. At most 64 octets, so that a batch's facts are a line
/// each.</remarks>
public struct PacketFacts
{
    /// <summary>Which direction of which session the packet belongs to; of an ICMP error, the tuple of the packet it
    /// embeds, reversed.</summary>
    public FlowTuple Tuple { get; internal set; }

    /// <summary>The addresses of the packet's own header: those of <see cref="Tuple"/>, except in an ICMP error.
    /// </summary>
    public readonly IPv4Address Source => new((uint)(Addresses >> 32));

    /// <summary>See <see cref="Source"/>.</summary>
    public readonly IPv4Address Destination => new((uint)Addresses);

    /// <summary>Both as one number; see <see cref="FlowTuple.Addresses"/>.</summary>
    internal ulong Addresses { get; set; }

    /// <summary>Where the IPv4 header begins.</summary>
    public ushort NetworkOffset { get; internal set; }

    /// <summary>Where the transport header begins; for a <see cref="PacketKind.LaterFragment"/>, its payload.</summary>
    public ushort TransportOffset { get; internal set; }

    /// <summary>The IPv4 total length: octets of header and payload. The frame may be longer (Ethernet pads).</summary>
    public ushort NetworkLength { get; internal set; }

    /// <summary>The IPv4 identification, which the fragments of a packet share.</summary>
    public ushort Identification { get; internal set; }

    /// <summary>The word of the IPv4 header that says what is a fragment of what.</summary>
    internal ushort FlagsAndOffset { get; set; }

    /// <summary>Where in its packet's payload a fragment's begins, in octets; 0 for a whole packet.</summary>
    public readonly ushort FragmentOffset => IPv4Header.OffsetOf(FlagsAndOffset);

    /// <summary>Where the embedded IPv4 header begins, in an <see cref="PacketKind.IcmpError"/>; otherwise 0.</summary>
    public readonly ushort EmbeddedNetworkOffset
        => Kind == PacketKind.IcmpError ? (ushort)(TransportOffset + IcmpHeader.Length) : (ushort)0;

    /// <summary>Where the embedded transport header begins, in an <see cref="PacketKind.IcmpError"/>.</summary>
    public ushort EmbeddedTransportOffset { get; internal set; }

    /// <summary>TCP sequence number.</summary>
    public uint TcpSequence { get; internal set; }

    /// <summary>TCP acknowledgment number.</summary>
    public uint TcpAcknowledgment { get; internal set; }

    // A MacAddress as it is would need two octets more than there are.
    private uint _stationLow;
    private ushort _stationHigh;

    /// <summary>The station that sent the frame on its last link; all zero unless
    /// <see cref="PacketParser.ParseForRules"/> has read it.</summary>
    public MacAddress Station
    {
        readonly get => new(((ulong)_stationHigh << 32) | _stationLow);
        internal set => (_stationHigh, _stationLow) = ((ushort)(value.Value >> 32), (uint)value.Value);
    }

    /// <summary>TCP window, unscaled.</summary>
    public ushort TcpWindow { get; internal set; }

    /// <summary>Octets of TCP payload: of a super-frame, those of all its segments; of a fragment, its own.</summary>
    public ushort TcpPayloadLength { get; internal set; }

    /// <summary>Of a segment with SYN, by how many bits the sender's windows will be shifted, 0 to 14; null if it
    /// does not offer to (RFC 7323 section 2.2).</summary>
    public byte? TcpWindowScale { get; internal set; }

    /// <summary>What was found.</summary>
    public PacketKind Kind { get; internal set; }

    /// <summary>TCP control bits.</summary>
    public TcpFlags TcpFlags { get; internal set; }

    /// <summary>ICMP type.</summary>
    public IcmpType IcmpType { get; internal set; }

    /// <summary>ICMP code.</summary>
    public byte IcmpCode { get; internal set; }

    /// <summary>The IPv4 time to live.</summary>
    public byte TimeToLive { get; internal set; }

    /// <summary>Differentiated services code point and congestion notification; 0 unless
    /// <see cref="PacketParser.ParseForRules"/> has read it.</summary>
    public byte TrafficClass { get; internal set; }

    /// <summary>True if the packet is a fragment, first, middle or last.</summary>
    public readonly bool IsFragment => IPv4Header.IsOfFragment(FlagsAndOffset);

    /// <summary>True if the packet is a fragment and not the last.</summary>
    public readonly bool MoreFragments => (FlagsAndOffset & IPv4Header.MoreFragmentsFlag) != 0;

    /// <summary>True if routers must not fragment the packet.</summary>
    public readonly bool DontFragment => (FlagsAndOffset & IPv4Header.DontFragmentFlag) != 0;

    /// <summary>True if the packet is whole and stays so: then its identification means nothing (RFC 6864 section 4).
    /// </summary>
    public readonly bool IsAtomic => DontFragment && !IsFragment;

    /// <summary>What could be read from the packet that opens a session, if it is the shortest of its kind: a SYN, a
    /// datagram, a query.</summary>
    /// <param name="tuple">Its addresses and ports; of an ICMP query, see <see cref="FlowTuple"/>.</param>
    public static PacketFacts OfOpening(FlowTuple tuple)
    {
        PacketFacts facts = new()
        {
            Tuple = tuple,
            Addresses = tuple.Addresses,
            TimeToLive = 64,
            NetworkLength = IPv4Header.MinLength + 8,
            Kind = PacketKind.OtherProtocol,
        };
        switch (tuple.Protocol)
        {
            case IpProtocol.Tcp:
                facts.Kind = PacketKind.Tcp;
                facts.TcpFlags = TcpFlags.Syn;
                facts.NetworkLength = IPv4Header.MinLength + TcpHeader.MinLength;
                break;
            case IpProtocol.Udp:
                facts.Kind = PacketKind.Udp;
                break;
            case IpProtocol.Icmp:
                facts.Kind = PacketKind.IcmpQuery;
                facts.IcmpType = (IcmpType)(tuple.Destination.Port >> 8);
                facts.IcmpCode = (byte)tuple.Destination.Port;
                break;
            default:
                break;
        }

        return facts;
    }

    /// <summary>What could be read from a packet of a session that there is: as <see cref="OfOpening"/>, but of TCP an
    /// acknowledgment.</summary>
    /// <param name="tuple">Its addresses and ports.</param>
    public static PacketFacts OfFollowing(FlowTuple tuple)
    {
        PacketFacts facts = OfOpening(tuple);
        facts.TcpFlags = tuple.Protocol == IpProtocol.Tcp ? TcpFlags.Ack : default;
        return facts;
    }

    /// <summary>Sets <see cref="Tuple"/> from the packet's own addresses.</summary>
    internal void SetTuple(IpProtocol protocol, uint ports) => Tuple = FlowTuple.Of(Addresses, ports, protocol);
}
