using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Connections that open, talk and are disturbed.</summary>
internal static class TcpScenarios
{
    private const TcpControl SynAck = TcpControl.Syn | TcpControl.Ack;
    private const TcpControl PshAck = TcpControl.Psh | TcpControl.Ack;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("tcp", Talk),
        new("tcp opened from both ends", OpenFromBothEnds),
        new("tcp collision", Collision),
        new("tcp repeated SYN", RepeatedSyn),
        new("tcp challenge ACK", ChallengeAck),
        new("tcp in mid-stream", MidStream),
        new("tcp openings that are none", NotOpenings),
        new("tcp damaged", Damaged),
        new("tcp out of the window", OutOfWindow),
        new("tcp published", Published),
    ];

    /// <summary>A connection from the client to the server, its numbers 1001 and 5001 next.</summary>
    public static string Open(Conversation talk, int port = 0)
    {
        string from = talk.Client(port);
        string mapped = talk.FromClient("SYN", Packets.Tcp(from, talk.Server(), TcpControl.Syn, 1000));
        talk.FromRemote("SYN/ACK", Packets.Tcp(talk.Server(), mapped, SynAck, 5000, 1001));
        talk.FromClient("ACK", Packets.Tcp(from, talk.Server(), TcpControl.Ack, 1001, 5001));
        return mapped;
    }

    private static void Talk(Conversation talk)
    {
        string mapped = Open(talk);
        byte[] timestamps = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];
        talk.FromClient("data", Packets.Tcp(talk.Client(0), talk.Server(), PshAck, 1001, 5001, "request"u8.ToArray()));
        talk.FromRemote("answer", Packets.Tcp(talk.Server(), mapped, PshAck, 5001, 1008, new byte[1360]));
        talk.FromClient("options", Packets.Tcp(
            talk.Client(0), talk.Server(), TcpControl.Ack, 1008, 6361, options: timestamps));
        talk.FromRemote("urgent", Packets.Tcp(
            talk.Server(), mapped, TcpControl.Urg | TcpControl.Ack, 6361, 1008, "!"u8.ToArray()));
        talk.FromRemote("repeated answer", Packets.Tcp(talk.Server(), mapped, PshAck, 5001, 1008, new byte[1360]));
        talk.FromClient("too large", Packets.Tcp(talk.Client(0), talk.Server(), PshAck, 1008, 6362, new byte[1361]));
        talk.FromRemote("unreachable", Packets.Error(
            talk.ServerAddress, Conversation.External,
            Packets.Tcp(mapped, talk.Server(), PshAck, 1008, 6362, new byte[4])));
        talk.FromClient("more", Packets.Tcp(talk.Client(0), talk.Server(), PshAck, 1008, 6362, new byte[4]));
    }

    private static void OpenFromBothEnds(Conversation talk)
    {
        string mapped = talk.FromClient("SYN out", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Syn, 1000));
        talk.FromRemote("SYN in", Packets.Tcp(talk.Server(), mapped, TcpControl.Syn, 5000));
        talk.FromClient("SYN/ACK out", Packets.Tcp(talk.Client(0), talk.Server(), SynAck, 1000, 5001));
        talk.FromRemote("SYN/ACK in", Packets.Tcp(talk.Server(), mapped, SynAck, 5000, 1001));
        talk.FromClient("data out", Packets.Tcp(talk.Client(0), talk.Server(), PshAck, 1001, 5001, [1]));
        talk.FromRemote("data in", Packets.Tcp(talk.Server(), mapped, PshAck, 5001, 1002, [1]));
    }

    private static void Collision(Conversation talk)
    {
        string first = talk.FromClient("client", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Syn, 1000));
        string second = talk.FromNeighbour(
            "neighbour", Packets.Tcp(talk.Neighbour(0), talk.Server(), TcpControl.Syn, 2000));
        talk.FromRemote("to the client", Packets.Tcp(talk.Server(), first, SynAck, 5000, 1001));
        talk.FromRemote("to the neighbour", Packets.Tcp(talk.Server(), second, SynAck, 6000, 2001));
        talk.FromNeighbour(
            "neighbour elsewhere", Packets.Tcp(talk.Neighbour(1), talk.OtherServer(), TcpControl.Syn, 1));
    }

    private static void RepeatedSyn(Conversation talk)
    {
        byte[] syn = Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Syn, 1000);
        string mapped = talk.FromClient("SYN", syn);
        talk.FromClient("SYN again", syn);
        talk.FromRemote("SYN/ACK", Packets.Tcp(talk.Server(), mapped, SynAck, 5000, 1001));
        talk.FromRemote("SYN/ACK again", Packets.Tcp(talk.Server(), mapped, SynAck, 5000, 1001));
        talk.FromClient("ACK", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Ack, 1001, 5001));
        talk.FromRemote("SYN/ACK once more", Packets.Tcp(talk.Server(), mapped, SynAck, 5000, 1001));
        talk.FromClient("ACK of it", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Ack, 1001, 5001));
    }

    // The server still has the connection that the client has forgotten (RFC 9293 section 3.5.1).
    private static void ChallengeAck(Conversation talk)
    {
        string mapped = Open(talk);
        byte[] syn = Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Syn, 900_000);
        talk.FromClient("new SYN", syn);
        talk.FromRemote("challenge", Packets.Tcp(talk.Server(), mapped, TcpControl.Ack, 5001, 1001));
        talk.FromClient("RST for it", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Rst, 1001));
        talk.FromClient("new SYN again", syn);
        talk.FromRemote("SYN/ACK", Packets.Tcp(talk.Server(), mapped, SynAck, 777_000, 900_001));
    }

    private static void MidStream(Conversation talk)
    {
        string mapped = talk.FromClient("data", Packets.Tcp(talk.Client(0), talk.Server(), PshAck, 1, 1, [1, 2]));
        talk.FromRemote("answer", Packets.Tcp(talk.Server(), mapped, PshAck, 1, 3, [1, 2]));
        talk.FromClient("FIN of another", Packets.Tcp(
            talk.Client(1), talk.Server(), TcpControl.Fin | TcpControl.Ack, 1, 1));
    }

    private static void NotOpenings(Conversation talk)
    {
        (string Name, TcpControl Control)[] all =
        [
            ("RST", TcpControl.Rst), ("RST/ACK", TcpControl.Rst | TcpControl.Ack), ("SYN/ACK", SynAck),
            ("FIN", TcpControl.Fin), ("no control bit", TcpControl.None),
            ("FIN, PSH and URG", TcpControl.Fin | TcpControl.Psh | TcpControl.Urg),
            ("SYN and FIN", TcpControl.Syn | TcpControl.Fin), ("SYN and RST", TcpControl.Syn | TcpControl.Rst),
        ];
        int port = 0;
        foreach ((string name, TcpControl control) in all)
        {
            talk.FromClient($"{name} out", Packets.Tcp(talk.Client(port++), talk.Server(), control, 1, 1));
        }
    }

    private static void Damaged(Conversation talk)
    {
        string mapped = Open(talk);
        byte[] data = Packets.Tcp(talk.Client(0), talk.Server(), PshAck, 1001, 5001, new byte[8]);
        talk.FromClient("wrong checksum out", Packets.Damaged(data, at: 44));
        talk.FromRemote("wrong checksum in", Packets.Damaged(
            Packets.Tcp(talk.Server(), mapped, PshAck, 5001, 1001, new byte[8]), at: 44));
        talk.FromClient("header longer than the packet", Packets.Rechecked(data, at: 32, octet: 0xF0));
        talk.FromClient("header shorter than a header", Packets.Rechecked(data, at: 32, octet: 0x40));
        talk.FromClient("cut short", Packets.Raw(
            Conversation.ClientAddress, talk.ServerAddress, Packets.TcpProtocol, data[20..32]));
        talk.FromClient("all is well", data);
    }

    private static void OutOfWindow(Conversation talk)
    {
        string mapped = Open(talk);
        talk.FromRemote("RST far away", Packets.Tcp(talk.Server(), mapped, TcpControl.Rst, 900_000_000));
        talk.FromRemote("data far away", Packets.Tcp(talk.Server(), mapped, PshAck, 900_000_000, 1001, [1]));
        talk.FromRemote("acknowledges what was not sent", Packets.Tcp(
            talk.Server(), mapped, PshAck, 5001, 70_000_000, [1]));
        talk.FromClient("data far away out", Packets.Tcp(
            talk.Client(0), talk.Server(), PshAck, 900_000_000, 5001, [1]));
        talk.FromRemote("RST a little off", Packets.Tcp(talk.Server(), mapped, TcpControl.Rst, 5011));
        talk.FromClient("data", Packets.Tcp(talk.Client(0), talk.Server(), PshAck, 1001, 5001, [1]));
        talk.FromRemote("answer", Packets.Tcp(talk.Server(), mapped, PshAck, 5001, 1002, [1]));
    }

    private static void Published(Conversation talk)
    {
        string service = $"{Conversation.External}:8080";
        string visitor = $"{talk.ServerAddress}:40000";
        talk.FromRemote("SYN", Packets.Tcp(visitor, service, TcpControl.Syn, 1000));
        talk.FromClient("SYN/ACK", Packets.Tcp($"{Conversation.ClientAddress}:80", visitor, SynAck, 5000, 1001));
        talk.FromRemote("ACK", Packets.Tcp(visitor, service, TcpControl.Ack, 1001, 5001));
        string neighbour = talk.FromNeighbour(
            "SYN from inside", Packets.Tcp(talk.Neighbour(0), service, TcpControl.Syn, 1000));
        talk.FromClient("SYN/ACK inside", Packets.Tcp(
            $"{Conversation.ClientAddress}:80", neighbour, SynAck, 5000, 1001));
        string itself = talk.FromClient("SYN from itself", Packets.Tcp(talk.Client(1), service, TcpControl.Syn, 1000));
        talk.FromClient("SYN/ACK to itself", Packets.Tcp(
            $"{Conversation.ClientAddress}:80", itself, SynAck, 5000, 1001));
    }
}
