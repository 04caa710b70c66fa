using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Packets in pieces, and packets that have to be cut.</summary>
internal static class FragmentScenarios
{
    private static readonly byte[] Payload = [.. Enumerable.Range(0, 2400).Select(at => (byte)(at * 7))];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("fragments", InOrder),
        new("fragments out of order", OutOfOrder),
        new("fragments of pings", Pings),
        new("fragments with faults", Faults),
        new("packets to be cut", ToBeCut),
    ];

    private static HeaderFields MayBeCut(int identification)
        => new() { Fragmentation = 0, Identification = (ushort)identification };

    private static byte[][] Cut(string from, string to, int identification, params int[] cuts)
        => Packets.Fragments(Packets.Udp(from, to, Payload, MayBeCut(identification)), cuts);

    private static void InOrder(Conversation talk)
    {
        talk.FromClient("first of a session, two pieces", Cut(talk.Client(0), talk.Server(), 0x2001, 1200));
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromClient("three pieces", Cut(talk.Client(0), talk.Server(), 0x2002, 800, 1600));
        talk.FromClient("uneven pieces", Cut(talk.Client(0), talk.Server(), 0x2003, 1200, 1208, 2000));
        talk.FromRemote("two pieces in", Cut(talk.Server(), mapped, 0x2004, 1200));
        talk.FromRemote("three pieces in", Cut(talk.Server(), mapped, 0x2005, 800, 1600));
    }

    private static void OutOfOrder(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        byte[][] pieces = Cut(talk.Client(0), talk.Server(), 0x2101, 800, 1600);
        talk.FromClient("backwards", [.. pieces.Reverse()]);
        pieces = Cut(talk.Server(), mapped, 0x2102, 800, 1600);
        talk.FromRemote("backwards in", [.. pieces.Reverse()]);
        pieces = Cut(talk.Client(0), talk.Server(), 0x2104, 800, 1600);
        byte[][] theirs = Cut(talk.Neighbour(1), talk.Server(), 0x2104, 800, 1600);
        talk.FromClient("with a neighbour's of the same identification, begun", pieces[0], pieces[1]);
        talk.FromNeighbour("with the client's of the same identification", theirs);
        talk.FromClient("with a neighbour's of the same identification, ended", pieces[2]);
    }

    private static void Pings(Conversation talk)
    {
        byte[] request = Packets.Icmp(
            Conversation.ClientAddress, talk.ServerAddress, 8, 0, (uint)talk.Port(0) << 16, Payload, MayBeCut(0x2201));
        talk.FromClient("request", Packets.Fragments(request, 1200));
        byte[] reply = Packets.Icmp(
            talk.ServerAddress, Conversation.External, 0, 0, (uint)talk.Port(0) << 16, Payload, MayBeCut(0x2202));
        talk.FromRemote("reply", Packets.Fragments(reply, 1200));
    }

    private static void Faults(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromClient("only the first", Cut(talk.Client(0), talk.Server(), 0x2301, 1200)[0]);
        talk.FromClient("only the last", Cut(talk.Client(0), talk.Server(), 0x2302, 1200)[1]);
        byte[][] gap = Cut(talk.Client(0), talk.Server(), 0x2303, 800, 1600);
        talk.FromClient("middle missing", gap[0], gap[2]);
        byte[][] twice = Cut(talk.Client(0), talk.Server(), 0x2304, 1200);
        talk.FromClient("first twice", twice[0], twice[0], twice[1]);
        byte[] whole = Packets.Udp(talk.Client(0), talk.Server(), Payload, MayBeCut(0x2305));
        byte[] body = whole[Packets.HeaderLength..];
        talk.FromClient(
            "overlapping",
            Packets.Fragment(whole, body, 0, 1200),
            Packets.Fragment(whole, body, 1120, 2000),
            Packets.Fragment(whole, body, 2000, body.Length));
        talk.FromClient("tiny first", Cut(talk.Client(0), talk.Server(), 0x2306, 8, 1200));
        talk.FromRemote("beyond 65535", Beyond(talk, mapped));
        talk.FromRemote("to nobody", Cut(talk.Server(), $"{Conversation.External}:{talk.Port(9)}", 0x2308, 1200));
        byte[][] forbidden = Cut(talk.Client(0), talk.Server(), 0x2309, 1200);
        talk.FromClient(
            "may not be fragmented and are",
            [.. forbidden.Select(piece => Packets.Rechecked(piece, at: 6, octet: (byte)(piece[6] | 0x40)))]);
    }

    private static byte[] Beyond(Conversation talk, string mapped)
    {
        byte[] packet = Packets.Udp(talk.Server(), mapped, new byte[800], MayBeCut(0x2307));
        (packet[6], packet[7]) = (0x1F, 0xFE);
        return Packets.Rechecked(packet);
    }

    private static void ToBeCut(Conversation talk)
    {
        HeaderFields may = MayBeCut(0x2401);
        talk.FromClient("a little too large", Packets.Udp(talk.Client(0), talk.Server(), Payload[..1380], may));
        talk.FromClient("as large as can be", Packets.Udp(talk.Client(0), talk.Server(), Payload[..1472], may));
        talk.FromClient("ping", Packets.Icmp(
            Conversation.ClientAddress, talk.ServerAddress, 8, 0, (uint)talk.Port(1) << 16, Payload[..1472], may));
        talk.FromClient("must not be", Packets.Udp(talk.Client(0), talk.Server(), Payload[..1472]));
        talk.FromClient("with options", Packets.Udp(
            talk.Client(0),
            talk.Server(),
            Payload[..1440],
            may with { Options = [148, 4, 0, 0, 7, 7, 8, 1, 2, 3, 4, 0] }));
        byte[][] large = Cut(talk.Client(0), talk.Server(), 0x2402, 1480);
        talk.FromClient("fragments that are too large themselves", large);
    }
}
