using System;
using System.Runtime.CompilerServices;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets;

/// <summary>Reads a frame once: its tuple and where its headers stand, or why it cannot be used.</summary>
/// <remarks>Ethernet, IPv4, then the transport protocol or the packet that an ICMP error embeds. The checks are those
/// that RFC 1812 section 5.2.2 asks of a router; a transport checksum is not one of them: it is the end hosts' to
/// check, and an incremental update leaves a wrong one wrong.</remarks>
public static class PacketParser
{
    /// <summary>Reads <paramref name="frame"/>.</summary>
    /// <param name="frame">From the first octet of its Ethernet header.</param>
    /// <param name="facts">What was found; only to be used if the result is <see cref="DropReason.None"/>.</param>
    /// <returns><see cref="DropReason.None"/>, or why the frame is to be dropped.</returns>
    public static DropReason Parse(Span<byte> frame, out PacketFacts facts)
    {
        facts = default;
        return EthernetHeader.IsPlainIPv4(frame)
            ? ParseIPv4(frame[EthernetHeader.Length..], EthernetHeader.Length, ref facts)
            : ParseOther(frame, ref facts);
    }

    /// <summary>Reads <paramref name="frame"/> as <see cref="Parse"/> does, and what only rules ask for, too: who sent
    /// it, and the type of service.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static DropReason ParseForRules(Span<byte> frame, out PacketFacts facts)
    {
        DropReason reason = Parse(frame, out facts);
        if (reason == DropReason.None && facts.Kind > PacketKind.Arp)
        {
            facts.Station = MacAddress.Read(frame[MacAddress.Length..]);
            _ = IPv4Header.TryParse(frame[facts.NetworkOffset..], out IPv4Header header);
            facts.TrafficClass = header.TrafficClass;
        }

        return reason;
    }

    // Out of the way of the many that are IPv4 without tags.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DropReason ParseOther(Span<byte> frame, ref PacketFacts facts)
    {
        if (!EthernetHeader.TryParse(frame, out EthernetHeader ethernet))
        {
            return DropReason.TruncatedEthernet;
        }

        facts.NetworkOffset = (ushort)ethernet.PayloadOffset;
        return ethernet.PayloadType == EtherType.IPv4
            ? ParseIPv4(frame[ethernet.PayloadOffset..], ethernet.PayloadOffset, ref facts)
            : ParseOtherEtherType(frame[ethernet.PayloadOffset..], ethernet.PayloadType, ref facts);
    }

    private static DropReason ParseOtherEtherType(Span<byte> payload, EtherType type, ref PacketFacts facts)
    {
        if (type != EtherType.Arp)
        {
            facts.Kind = PacketKind.OtherEtherType;
            return DropReason.None;
        }

        facts.Kind = PacketKind.Arp;
        return ArpPacket.TryParse(payload, out _) ? DropReason.None : DropReason.MalformedArp;
    }

    private static DropReason ParseIPv4(Span<byte> packet, int offset, ref PacketFacts facts)
    {
        facts.NetworkOffset = (ushort)offset;
        if (!IPv4Header.TryParse(packet, out IPv4Header header))
        {
            return DropReason.MalformedIPv4;
        }

        int headerLength = header.HeaderLength;
        int totalLength = header.TotalLength;
        if (totalLength < headerLength || totalLength > packet.Length)
        {
            return DropReason.MalformedIPv4;
        }

        if (InternetChecksum.SumIPv4Header(packet[..headerLength]) != 0xFFFF)
        {
            return DropReason.BadIPv4Checksum;
        }

        facts.Addresses = header.Addresses;
        facts.NetworkLength = (ushort)totalLength;
        facts.TransportOffset = (ushort)(offset + headerLength);
        facts.Identification = header.Identification;
        facts.TimeToLive = header.TimeToLive;
        ushort flagsAndOffset = header.FlagsAndOffset;
        facts.FlagsAndOffset = flagsAndOffset;

        Span<byte> transport = packet[headerLength..totalLength];
        return IPv4Header.OffsetOf(flagsAndOffset) != 0
            ? ParseLaterFragment(header, transport.Length, ref facts)
            : ParseTransport(transport, header.Protocol, ref facts);
    }

    private static DropReason ParseLaterFragment(IPv4Header header, int payloadLength, ref PacketFacts facts)
    {
        // One that is empty, or ends beyond what a reassembled packet can hold, serves only attacks ("ping of death").
        if (payloadLength == 0 || header.HeaderLength + header.FragmentOffset + payloadLength > ushort.MaxValue)
        {
            return DropReason.MalformedIPv4;
        }

        // RFC 1858 section 3.2.2 and RFC 3128: a fragment that begins inside the TCP header would replace, in the host
        // that reassembles, the flags that were judged here.
        if (header.Protocol == IpProtocol.Tcp && header.FragmentOffset < TcpHeader.MinLength)
        {
            return DropReason.MalformedTransport;
        }

        facts.Kind = PacketKind.LaterFragment;
        facts.SetTuple(header.Protocol, ports: 0);
        return DropReason.None;
    }

    private static DropReason ParseTransport(Span<byte> transport, IpProtocol protocol, ref PacketFacts facts)
    {
        switch (protocol)
        {
            case IpProtocol.Tcp:
                return ParseTcp(transport, ref facts);
            case IpProtocol.Udp:
                return ParseUdp(transport, ref facts);
            case IpProtocol.Icmp:
                return IcmpParser.Parse(transport, ref facts);
            default:
                facts.Kind = PacketKind.OtherProtocol;
                facts.SetTuple(protocol, ports: 0);
                return DropReason.None;
        }
    }

    private static DropReason ParseTcp(Span<byte> segment, ref PacketFacts facts)
    {
        if (!TcpHeader.TryParse(segment, out TcpHeader tcp))
        {
            return DropReason.MalformedTransport;
        }

        facts.Kind = PacketKind.Tcp;
        facts.SetTuple(IpProtocol.Tcp, tcp.Ports);
        facts.TcpFlags = tcp.Flags;
        facts.TcpSequence = tcp.Sequence;
        facts.TcpAcknowledgment = tcp.Acknowledgment;
        facts.TcpWindow = tcp.Window;
        facts.TcpPayloadLength = (ushort)(segment.Length - tcp.HeaderLength);
        if ((tcp.Flags & TcpFlags.Syn) != 0)
        {
            facts.TcpWindowScale = TcpOptions.FindWindowScale(segment[TcpHeader.MinLength..tcp.HeaderLength]);
        }

        return DropReason.None;
    }

    private static DropReason ParseUdp(Span<byte> datagram, ref PacketFacts facts)
    {
        // A first fragment holds less than its datagram's length says.
        if (!UdpHeader.TryParse(datagram, out UdpHeader udp)
            || udp.DatagramLength < UdpHeader.Length
            || (udp.DatagramLength > datagram.Length && !facts.IsFragment))
        {
            return DropReason.MalformedTransport;
        }

        facts.Kind = PacketKind.Udp;
        facts.SetTuple(IpProtocol.Udp, udp.Ports);
        return DropReason.None;
    }
}
