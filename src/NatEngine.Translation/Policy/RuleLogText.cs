using System;
using System.Globalization;
using System.Text;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules.Targets;

namespace NatEngine.Translation.Policy;

/// <summary>Writes what a LOG rule has seen as the kernel does (nf_log_syslog.c), without what nobody here has kept:
/// options, TCP's reserved bits and urgent pointer, the lengths and numbers in UDP and ICMP.</summary>
public static class RuleLogText
{
    // nf_log_dump_mac_header: what frames carry here. Those with a tag go by.
    private const string IPv4Type = "08:00";

    // IPTOS_TOS_MASK and IPTOS_PREC_MASK of <linux/ip.h>: the words of RFC 791 for what RFC 2474 gave other names.
    private const byte ServiceMask = 0x1E;
    private const byte PrecedenceMask = 0xE0;

    /// <summary>One line, without its end.</summary>
    /// <param name="target">The rule's target.</param>
    /// <param name="entry">What it has seen.</param>
    /// <param name="surroundings">Knows the interfaces' names.</param>
    public static string Of(LogTarget target, in RuleLogEntry entry, RuleSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(surroundings);
        StringBuilder text = new();
        FlowTuple tuple = entry.Tuple;
        PacketFacts packet = entry.Packet;
        text.Append(CultureInfo.InvariantCulture, $"{target.Prefix}IN={NameOf(entry.Ingress, surroundings)} ");
        text.Append(CultureInfo.InvariantCulture, $"OUT={NameOf(entry.Egress, surroundings)} ");
        AppendFrame(text, target, entry, surroundings);
        text.Append(CultureInfo.InvariantCulture, $"SRC={tuple.Source.Address} DST={tuple.Destination.Address} ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"LEN={packet.NetworkLength} TOS=0x{packet.TrafficClass & ServiceMask:X2} ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"PREC=0x{packet.TrafficClass & PrecedenceMask:X2} TTL={entry.TimeToLive} ");
        text.Append(CultureInfo.InvariantCulture, $"ID={packet.Identification} {(packet.DontFragment ? "DF " : "")}");
        AppendTransport(text, target, tuple, packet);
        if (entry.Mark != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"MARK=0x{entry.Mark:x} ");
        }

        return text.ToString().TrimEnd();
    }

    private static void AppendFrame(
        StringBuilder text, LogTarget target, in RuleLogEntry entry, RuleSurroundings surroundings)
    {
        MacAddress own = entry.Ingress == Realm.Internal ? surroundings.InternalStation : surroundings.ExternalStation;
        MacAddress sender = entry.Packet.Station;
        text.Append(target.Options.HasFlag(LogOptions.MacDecode)
            ? $"MACSRC={sender} MACDST={own} MACPROTO=0800 "
            : $"MAC={own}:{sender}:{IPv4Type} ");
    }

    private static void AppendTransport(
        StringBuilder text, LogTarget target, in FlowTuple tuple, in PacketFacts packet)
    {
        switch (packet.Kind)
        {
            case PacketKind.Tcp:
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"PROTO=TCP SPT={tuple.Source.Port} DPT={tuple.Destination.Port} ");
                AppendSegment(text, target, packet);
                break;
            case PacketKind.Udp:
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"PROTO=UDP SPT={tuple.Source.Port} DPT={tuple.Destination.Port} ");
                break;
            case PacketKind.IcmpQuery or PacketKind.IcmpError or PacketKind.OtherIcmp:
                text.Append(
                    CultureInfo.InvariantCulture, $"PROTO=ICMP TYPE={(byte)packet.IcmpType} CODE={packet.IcmpCode} ");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"PROTO={(byte)tuple.Protocol} ");
                break;
        }
    }

    private static void AppendSegment(StringBuilder text, LogTarget target, in PacketFacts packet)
    {
        if (target.Options.HasFlag(LogOptions.TcpSequence))
        {
            text.Append(CultureInfo.InvariantCulture, $"SEQ={packet.TcpSequence} ACK={packet.TcpAcknowledgment} ");
        }

        text.Append(CultureInfo.InvariantCulture, $"WINDOW={packet.TcpWindow} ");
        foreach ((TcpFlags flag, string word) in
            new[]
            {
                (TcpFlags.Cwr, "CWR "), (TcpFlags.Ece, "ECE "), (TcpFlags.Urg, "URG "), (TcpFlags.Ack, "ACK "),
                (TcpFlags.Psh, "PSH "), (TcpFlags.Rst, "RST "), (TcpFlags.Syn, "SYN "), (TcpFlags.Fin, "FIN "),
            })
        {
            text.Append((packet.TcpFlags & flag) != 0 ? word : "");
        }
    }

    private static string NameOf(Realm? realm, RuleSurroundings surroundings) => realm switch
    {
        Realm.Internal => surroundings.InternalInterface,
        Realm.External => surroundings.ExternalInterface,
        _ => "",
    };
}
