using System;
using System.Collections.Immutable;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation;
using static NatEngine.Host.Utf8Line;

namespace NatEngine.Host.Conntrack;

/// <summary>Writes sessions as <c>conntrack -L</c> writes the kernel's (conntrack-tools 1.4.7, accounting on), so that
/// what reads the one reads the other.</summary>
/// <remarks>Three columns have no counterpart here and are constant: <c>mark</c>, which nobody sets, <c>use</c>, the
/// kernel's reference count, and the network protocol, which is always IPv4.</remarks>
internal static class ConntrackText
{
    /// <summary>More octets than the longest line has.</summary>
    internal const int LongestLine = 512;

    /// <summary>The states as nf_conntrack names them (nf_conntrack_proto_tcp.c), by <see cref="TcpState"/>.</summary>
    internal static ImmutableArray<string> StateNames { get; } =
    [
        "NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK", "TIME_WAIT", "CLOSE",
        "SYN_SENT2",
    ];

    /// <summary>Writes one session, without a line end.</summary>
    /// <param name="line">Room for <see cref="LongestLine"/> octets.</param>
    /// <param name="session">The session.</param>
    /// <param name="columns">What to add.</param>
    /// <returns>How many octets were written.</returns>
    internal static int Write(Span<byte> line, in SessionSnapshot session, ConntrackColumns columns)
    {
        int length = 0;
        if (columns.HasFlag(ConntrackColumns.NetworkProtocol))
        {
            Add(line[length..], ref length, $"ipv4     2 ");
        }

        string state = session.Protocol == IpProtocol.Tcp ? StateNames[(int)session.State] + " " : string.Empty;
        long seconds = Math.Max(0, (long)session.Remaining.TotalSeconds);
        Add(line[length..], ref length, $"{NameOf(session.Protocol),-8} {(byte)session.Protocol} {seconds} {state}");

        AddTuple(line, ref length, session.Original, TupleDirection.Original);
        Add(line[length..], ref length, $"packets={session.OriginalPackets} bytes={session.OriginalOctets} ");
        if (!session.SeenReply)
        {
            Add(line[length..], ref length, $"[UNREPLIED] ");
        }

        AddTuple(line, ref length, session.Reply, TupleDirection.Reply);
        Add(line[length..], ref length, $"packets={session.ReplyPackets} bytes={session.ReplyOctets} ");
        if (session.Assured)
        {
            Add(line[length..], ref length, $"[ASSURED] ");
        }

        Add(line[length..], ref length, $"mark=0 use=1");
        if (columns.HasFlag(ConntrackColumns.Id))
        {
            Add(line[length..], ref length, $" id={session.Id}");
        }

        return length;
    }

    private static void AddTuple(Span<byte> line, ref int length, FlowTuple tuple, TupleDirection direction)
    {
        Add(line[length..], ref length, $"src={tuple.Source.Address} dst={tuple.Destination.Address} ");
        switch (tuple.Protocol)
        {
            case IpProtocol.Tcp or IpProtocol.Udp:
                Add(line[length..], ref length, $"sport={tuple.Source.Port} dport={tuple.Destination.Port} ");
                break;
            case IpProtocol.Icmp:
                AddQuery(line, ref length, tuple, direction);
                break;
            default:
                break;
        }
    }

    // A query's identifier stands on the side of who asked, its type and code on the other (FlowTuple).
    private static void AddQuery(Span<byte> line, ref int length, FlowTuple tuple, TupleDirection direction)
    {
        bool asks = direction == TupleDirection.Original;
        ushort query = asks ? tuple.Destination.Port : tuple.Source.Port;
        ushort identifier = asks ? tuple.Source.Port : tuple.Destination.Port;
        int type = asks ? query >> 8 : AnswerTo(query >> 8);
        Add(line[length..], ref length, $"type={type} code={query & 0xFF} id={identifier} ");
    }

    // RFC 792: echo 8 is answered by 0, timestamp 13 by 14; RFC 950: address mask 17 by 18.
    private static int AnswerTo(int query) => query == (int)IcmpType.EchoRequest ? 0 : query + 1;

    private static string NameOf(IpProtocol protocol) => protocol switch
    {
        IpProtocol.Tcp => "tcp",
        IpProtocol.Udp => "udp",
        IpProtocol.Icmp => "icmp",
        IpProtocol.Gre => "gre",
        IpProtocol.Sctp => "sctp",
        IpProtocol.UdpLite => "udplite",
        _ => "unknown",
    };
}
