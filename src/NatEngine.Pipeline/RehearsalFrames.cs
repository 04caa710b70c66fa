using System;
using System.Buffers.Binary;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.Pipeline;

/// <summary>The frames of a <see cref="Rehearsal"/>, and the links they are said to come from. All addresses are of the
/// blocks that RFC 5737 and RFC 6598 keep for such uses; none of the frames ever leaves the process.</summary>
internal static class RehearsalFrames
{
    private const int PayloadLength = 32;
    private const int Headers = EthernetHeader.Length + IPv4Header.MinLength;
    private const ushort ServerPort = 443;

    // Locally administered (IEEE 802, section 8.2).
    private static readonly MacAddress InsideMac = new(0x0200_0000_0001);
    private static readonly MacAddress OutsideMac = new(0x0200_0000_0002);
    private static readonly MacAddress HostMac = new(0x0200_0000_0003);
    private static readonly MacAddress RouterMac = new(0x0200_0000_0004);

    private static readonly IPv4Address Router = new(0xCB00_71FE);

    /// <summary>The gateway's internal address, 100.64.0.1.</summary>
    internal static readonly IPv4Address Inside = new(0x6440_0001);

    /// <summary>The gateway's external address, 203.0.113.1.</summary>
    internal static readonly IPv4Address External = new(0xCB00_7101);

    /// <summary>A host inside, 100.64.0.10.</summary>
    internal static readonly IPv4Address Host = new(0x6440_000A);

    /// <summary>A host outside, behind a router, 198.51.100.7.</summary>
    internal static readonly IPv4Address Remote = new(0xC633_6407);

    /// <summary>The internal prefix, 100.64.0.0/24.</summary>
    internal static readonly IPv4Prefix InternalPrefix = new(new IPv4Address(0x6440_0000), 24);

    /// <summary>A gateway that has both addresses for itself, all on one thread.</summary>
    internal static PipelineOptions Options { get; } = new()
    {
        Internal = new GatewayPort
        {
            HardwareAddress = InsideMac,
            OwnedAddresses = [Inside],
            Connected = [InternalPrefix],
        },
        External = new GatewayPort
        {
            HardwareAddress = OutsideMac,
            OwnedAddresses = [External],
            Connected = [new IPv4Prefix(new IPv4Address(0xCB00_7100), 24)],
            Routes = [new Route(new IPv4Prefix(IPv4Address.Any, 0), Router)],
        },
    };

    /// <summary>A host on the external link that nobody answers for.</summary>
    internal static IPv4Address Neighbour(int number) => new(External.Value + 100 + (uint)number);

    internal static byte[] ArpFromHost(ArpOperation operation) => Arp(operation, HostMac, Host, InsideMac, Inside);

    internal static byte[] ArpFromRouter(ArpOperation operation)
        => Arp(operation, RouterMac, Router, OutsideMac, External);

    internal static byte[] Tcp(IPv4Address source, ushort port, TcpFlags flags)
        => FromHost(source, Remote, IpProtocol.Tcp, TcpSegment(source, Remote, port, ServerPort, flags));

    internal static byte[] Udp(IPv4Address source, ushort port, byte timeToLive = 64)
        => FromHost(source, Remote, IpProtocol.Udp, UdpDatagram(port, ServerPort), timeToLive);

    internal static byte[] Echo(IPv4Address source, IPv4Address destination, ushort identifier)
    {
        byte[] message = new byte[IcmpHeader.Length + PayloadLength];
        _ = IcmpHeader.TryParse(message, out IcmpHeader icmp);
        icmp.Type = IcmpType.EchoRequest;
        icmp.Identifier = identifier;
        icmp.Checksum = InternetChecksum.Compute(message);
        return FromHost(source, destination, IpProtocol.Icmp, message);
    }

    internal static byte[] UdpFromStranger()
        => Frame(RouterMac, OutsideMac, Remote, External, IpProtocol.Udp, UdpDatagram(1, 2));

    internal static byte[] TcpFromStranger() => Frame(
        RouterMac, OutsideMac, Remote, External, IpProtocol.Tcp, TcpSegment(Remote, External, 1, 2, TcpFlags.Syn));

    /// <summary>What the remote host would answer to a frame that left the gateway: the same with its ends exchanged,
    /// which changes no checksum. A ping is answered.</summary>
    internal static byte[] AnswerTo(ReadOnlySpan<byte> sent)
    {
        byte[] answer = sent.ToArray();
        RouterMac.Write(answer.AsSpan(MacAddress.Length));
        OutsideMac.Write(answer);
        _ = IPv4Header.TryParse(answer.AsSpan(EthernetHeader.Length), out IPv4Header ip);
        (ip.Source, ip.Destination) = (ip.Destination, ip.Source);
        Span<byte> transport = answer.AsSpan(Headers);
        if (ip.Protocol == IpProtocol.Icmp)
        {
            _ = IcmpHeader.TryParse(transport, out IcmpHeader icmp);
            icmp.Type = IcmpType.EchoReply;
            icmp.Checksum = 0;
            icmp.Checksum = InternetChecksum.Compute(transport);
        }
        else
        {
            _ = UdpHeader.TryParse(transport, out UdpHeader ports); // TCP's ports are in the same place
            (ports.SourcePort, ports.DestinationPort) = (ports.DestinationPort, ports.SourcePort);
        }

        return answer;
    }

    /// <summary>What a router outside would say if a frame that left the gateway got no further.</summary>
    internal static byte[] ErrorAbout(ReadOnlySpan<byte> sent)
    {
        ReadOnlySpan<byte> packet = sent[EthernetHeader.Length..];
        byte[] message = new byte[IcmpHeader.Length + packet.Length];
        packet.CopyTo(message.AsSpan(IcmpHeader.Length));
        _ = IcmpHeader.TryParse(message, out IcmpHeader icmp);
        icmp.Type = IcmpType.DestinationUnreachable;
        icmp.Code = 1;
        icmp.Checksum = InternetChecksum.Compute(message);
        return Frame(RouterMac, OutsideMac, Router, External, IpProtocol.Icmp, message);
    }

    private static byte[] FromHost(
        IPv4Address source, IPv4Address destination, IpProtocol protocol, byte[] payload, byte timeToLive = 64)
        => Frame(HostMac, InsideMac, source, destination, protocol, payload, timeToLive);

    private static byte[] Frame(
        MacAddress from,
        MacAddress to,
        IPv4Address source,
        IPv4Address destination,
        IpProtocol protocol,
        byte[] payload,
        byte timeToLive = 64)
    {
        byte[] frame = new byte[Headers + payload.Length];
        EthernetHeader.Write(frame, to, from, EtherType.IPv4);
        Span<byte> packet = frame.AsSpan(EthernetHeader.Length);
        IPv4Header.Create(packet, source, destination, protocol, (ushort)packet.Length, timeToLive);
        payload.CopyTo(frame, Headers);
        return frame;
    }

    // A checksum of zero is none (RFC 768).
    private static byte[] UdpDatagram(ushort source, ushort destination)
    {
        byte[] datagram = new byte[UdpHeader.Length + PayloadLength];
        _ = UdpHeader.TryParse(datagram, out UdpHeader udp);
        udp.SourcePort = source;
        udp.DestinationPort = destination;
        udp.DatagramLength = (ushort)datagram.Length;
        return datagram;
    }

    private static byte[] TcpSegment(
        IPv4Address source, IPv4Address destination, ushort sourcePort, ushort destinationPort, TcpFlags flags)
    {
        byte[] segment = new byte[TcpHeader.MinLength + (flags == TcpFlags.Syn ? 0 : PayloadLength)];
        BinaryPrimitives.WriteUInt16BigEndian(segment, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), destinationPort);
        segment[12] = TcpHeader.MinLength / 4 << 4;
        segment[13] = (byte)flags;
        segment[14] = 0xFF;
        _ = TcpHeader.TryParse(segment, out TcpHeader tcp);
        tcp.Checksum = InternetChecksum.Compute(
            segment, InternetChecksum.PseudoHeaderSum(source, destination, IpProtocol.Tcp, (ushort)segment.Length));
        return segment;
    }

    private static byte[] Arp(
        ArpOperation operation, MacAddress sender, IPv4Address from, MacAddress target, IPv4Address to)
    {
        byte[] frame = new byte[EthernetHeader.Length + ArpPacket.Length];
        EthernetHeader.Write(
            frame, operation == ArpOperation.Request ? MacAddress.Broadcast : target, sender, EtherType.Arp);
        ArpPacket arp = ArpPacket.Create(frame.AsSpan(EthernetHeader.Length), operation);
        arp.SenderHardware = sender;
        arp.SenderAddress = from;
        arp.TargetHardware = target;
        arp.TargetAddress = to;
        return frame;
    }
}
