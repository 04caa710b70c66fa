using System;
using System.Globalization;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules;

namespace NatEngine.Translation.Explaining;

/// <summary>Writes packets for people: <c>tcp 100.64.0.5:40000 -> 198.51.100.7:443, SYN</c>.</summary>
public static class PacketText
{
    private static readonly (TcpFlags Flag, string Word)[] Flags =
    [
        (TcpFlags.Syn, "SYN"), (TcpFlags.Ack, "ACK"), (TcpFlags.Fin, "FIN"), (TcpFlags.Rst, "RST"),
        (TcpFlags.Psh, "PSH"), (TcpFlags.Urg, "URG"),
    ];

    /// <summary>A packet.</summary>
    public static string Of(in PacketFacts packet)
    {
        string text = Of(packet.Tuple);
        return packet.Kind switch
        {
            PacketKind.None => "not IPv4, or not read so far",
            PacketKind.Arp => "ARP",
            PacketKind.OtherEtherType => "no IPv4 packet",
            PacketKind.Tcp => $"{text}, {FlagsOf(packet)}",
            PacketKind.IcmpQuery => $"{text}, {TypeOf(packet)}",
            PacketKind.IcmpError => $"icmp {packet.Source} -> {packet.Destination}, "
                + $"{TypeOf(packet)}, about {Of(packet.Tuple.Reply())}",
            PacketKind.LaterFragment =>
                $"{ProtocolNames.NameOf(packet.Tuple.Protocol)} {packet.Source} -> {packet.Destination}, a fragment",
            _ => text,
        };
    }

    /// <summary>Protocol, addresses and ports.</summary>
    public static string Of(FlowTuple tuple) => $"{ProtocolNames.NameOf(tuple.Protocol)} {EndsOf(tuple)}";

    /// <summary>Addresses and ports.</summary>
    public static string EndsOf(FlowTuple tuple) => tuple.Protocol switch
    {
        IpProtocol.Tcp or IpProtocol.Udp => $"{tuple.Source} -> {tuple.Destination}",
        IpProtocol.Icmp => $"{tuple.Source.Address} -> {tuple.Destination.Address} id {IdentifierOf(tuple)}",
        _ => $"{tuple.Source.Address} -> {tuple.Destination.Address}",
    };

    /// <summary>The control bits of a segment, as words.</summary>
    public static string FlagsOf(in PacketFacts packet)
    {
        TcpFlags flags = packet.TcpFlags;
        string words = string.Join(',', Flags.Where(one => (flags & one.Flag) != 0).Select(one => one.Word));
        return words.Length == 0 ? "no flags" : words;
    }

    /// <summary>The type of an ICMP message, and its code if it has one.</summary>
    public static string TypeOf(in PacketFacts packet) => packet.IcmpCode == 0
        ? $"type {Number((int)packet.IcmpType)}"
        : $"type {Number((int)packet.IcmpType)} code {Number(packet.IcmpCode)}";

    /// <summary>How long ago something was.</summary>
    public static string Ago(TimeSpan age)
        => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0.0} s ago");

    // It stands on the side of who asked; on the other is the query's type, which is never below 256.
    private static string IdentifierOf(FlowTuple tuple)
    {
        bool asks = tuple.Destination.Port >> 8 is (int)IcmpType.EchoRequest or (int)IcmpType.TimestampRequest
            or (int)IcmpType.AddressMaskRequest;
        return Number(asks ? tuple.Source.Port : tuple.Destination.Port);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
