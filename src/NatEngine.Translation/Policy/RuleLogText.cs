using System;
using System.Globalization;
using System.Text;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules.Targets;

namespace NatEngine.Translation.Policy;

/// <summary>Writes what a LOG rule has seen as the kernel does (nf_log_syslog.c), without what nobody here has kept:
/// hardware addresses, type of service and options.</summary>
public static class RuleLogText
{
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
        text.Append(CultureInfo.InvariantCulture, $"SRC={tuple.Source.Address} DST={tuple.Destination.Address} ");
        text.Append(CultureInfo.InvariantCulture, $"LEN={packet.NetworkLength} TTL={packet.TimeToLive} ");
        text.Append(CultureInfo.InvariantCulture, $"ID={packet.Identification} {(packet.DontFragment ? "DF " : "")}");
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

        if (entry.Mark != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"MARK=0x{entry.Mark:x} ");
        }

        return text.ToString().TrimEnd();
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
                (TcpFlags.Urg, "URG "), (TcpFlags.Ack, "ACK "), (TcpFlags.Psh, "PSH "), (TcpFlags.Rst, "RST "),
                (TcpFlags.Syn, "SYN "), (TcpFlags.Fin, "FIN "),
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
