using System;
using System.Buffers.Binary;
using NatEngine.Devices;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Tests;

/// <summary>A frame that the gateway sent, read octet by octet. Making one checks every checksum in it.</summary>
internal sealed class Sent
{
    private const int Ethernet = Packet.EthernetLength;

    private readonly byte[] _octets;

    private Sent(ReadOnlySpan<byte> octets, VirtioNetHeader header)
    {
        _octets = octets.ToArray();
        Header = header;
    }

    public VirtioNetHeader Header { get; }

    public ReadOnlySpan<byte> Octets => _octets;

    public MacAddress Station => MacAddress.Read(_octets);

    public MacAddress From => MacAddress.Read(_octets.AsSpan(6));

    public ushort EtherType => Word(12);

    public byte TrafficClass => _octets[Ethernet + 1];

    public int TotalLength => Word(Ethernet + 2);

    public ushort Identification => Word(Ethernet + 4);

    public int FragmentOffset => (Word(Ethernet + 6) & 0x1FFF) * 8;

    public bool MoreFragments => (Word(Ethernet + 6) & 0x2000) != 0;

    public int HeaderLength => (_octets[Ethernet] & 0xF) * 4;

    public bool IsFragment => MoreFragments || FragmentOffset != 0;

    public ReadOnlySpan<byte> Payload => _octets.AsSpan(Ethernet + HeaderLength, TotalLength - HeaderLength);

    public byte TimeToLive => _octets[Ethernet + 8];

    public byte Protocol => _octets[Ethernet + 9];

    public IPv4Address Source => Address(Ethernet + 12);

    public IPv4Address Destination => Address(Ethernet + 16);

    public ushort SourcePort => Word(Transport);

    public ushort DestinationPort => Word(Transport + 2);

    public byte IcmpType => _octets[Transport];

    public byte IcmpCode => _octets[Transport + 1];

    public ushort Identifier => Word(Transport + 4);

    public ushort NextHopMtu => Word(Transport + 6);

    public ushort UdpChecksum => Word(Transport + 6);

    public ushort TcpChecksum => Word(Transport + 16);

    /// <summary>The packet that an ICMP error embeds, from its IPv4 header on.</summary>
    public ReadOnlySpan<byte> Embedded => _octets.AsSpan(Transport + 8, Ethernet + TotalLength - Transport - 8);

    public IPv4Address EmbeddedSource => Address(Transport + 8 + 12);

    public IPv4Address EmbeddedDestination => Address(Transport + 8 + 16);

    public ushort EmbeddedSourcePort => Word(EmbeddedTransport);

    public ushort EmbeddedDestinationPort => Word(EmbeddedTransport + 2);

    public ushort ArpOperation => Word(20);

    public MacAddress ArpSenderMac => MacAddress.Read(_octets.AsSpan(22));

    public IPv4Address ArpSender => Address(28);

    public MacAddress ArpTargetMac => MacAddress.Read(_octets.AsSpan(32));

    public IPv4Address ArpTarget => Address(38);

    private static int Transport => Ethernet + 20;

    private static int EmbeddedTransport => Transport + 8 + 20;

    /// <summary>Reads a frame and checks its checksums; a partial one is what <paramref name="frame"/> says it is.
    /// </summary>
    public static Sent Read(TransmittedFrame frame)
    {
        return Read(frame.Octets.Span, frame.Header);
    }

    /// <summary>The same of octets.</summary>
    public static Sent Read(ReadOnlySpan<byte> octets, VirtioNetHeader header = default)
    {
        Sent sent = new(octets, header);
        if (sent.EtherType == 0x0800)
        {
            sent.CheckChecksums();
        }

        return sent;
    }

    /// <summary>The partial checksum that the addresses ask for.</summary>
    public ushort PseudoHeaderSum()
        => (ushort)~Packet.Checksum([], Packet.PseudoHeader(Source, Destination, Protocol, TotalLength - 20));

    /// <summary>Checks the checksum of the TCP or UDP header that an ICMP error embeds, which must be whole.</summary>
    public void CheckEmbeddedTransport()
    {
        byte protocol = Embedded[9];
        ReadOnlySpan<byte> segment = Embedded[20..];
        int length = BinaryPrimitives.ReadUInt16BigEndian(Embedded[2..]) - 20;
        Assert.Equal(length, segment.Length);
        Assert.Equal(
            0,
            Packet.Checksum(
                segment,
                protocol == 1 ? 0 : Packet.PseudoHeader(EmbeddedSource, EmbeddedDestination, protocol, length)));
    }

    private void CheckChecksums()
    {
        Assert.Equal(0, Packet.Checksum(_octets.AsSpan(Ethernet, HeaderLength), 0));
        if (IsFragment)
        {
            return; // the transport checksum covers all of them: see Pieces.Join
        }

        ReadOnlySpan<byte> segment = _octets.AsSpan(Transport, TotalLength - 20);
        bool isPartial = (Header.Flags & VirtioNetHeader.NeedsChecksum) != 0;
        if (isPartial || (Protocol == 17 && UdpChecksum == 0))
        {
            return;
        }

        uint before = Protocol == 1 ? 0 : Packet.PseudoHeader(Source, Destination, Protocol, segment.Length);
        Assert.Equal(0, Packet.Checksum(segment, before));
        if (Protocol == 1 && IcmpType is 3 or 11)
        {
            Assert.Equal(0, Packet.Checksum(Embedded[..20], 0));
        }
    }

    private ushort Word(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_octets.AsSpan(offset));

    private IPv4Address Address(int offset) => new(BinaryPrimitives.ReadUInt32BigEndian(_octets.AsSpan(offset)));
}
