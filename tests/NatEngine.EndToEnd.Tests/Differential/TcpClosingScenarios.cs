using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Connections that end, and what comes after.</summary>
internal static class TcpClosingScenarios
{
    private const TcpControl SynAck = TcpControl.Syn | TcpControl.Ack;
    private const TcpControl FinAck = TcpControl.Fin | TcpControl.Ack;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("tcp closed from inside", CloseFromInside),
        new("tcp closed from outside", CloseFromOutside),
        new("tcp closed by both at once", CloseByBoth),
        new("tcp reset by the server", ResetByServer),
        new("tcp reset by the client", ResetByClient),
        new("tcp refused", Refused),
        new("tcp opened anew from inside", Reopen),
        new("tcp opened anew from outside", ReopenFromOutside),
    ];

    private static void CloseFromInside(Conversation talk)
    {
        string mapped = TcpScenarios.Open(talk);
        Close(talk, mapped);
        talk.FromRemote("FIN repeated", Packets.Tcp(talk.Server(), mapped, FinAck, 5001, 1002));
        talk.FromClient("ACK repeated", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Ack, 1002, 5002));
    }

    private static void CloseFromOutside(Conversation talk)
    {
        string mapped = TcpScenarios.Open(talk);
        talk.FromRemote("FIN in", Packets.Tcp(talk.Server(), mapped, FinAck, 5001, 1001));
        talk.FromClient("last data", Packets.Tcp(
            talk.Client(0), talk.Server(), TcpControl.Psh | TcpControl.Ack, 1001, 5002, [1, 2, 3]));
        talk.FromRemote("ACK of it", Packets.Tcp(talk.Server(), mapped, TcpControl.Ack, 5002, 1004));
        talk.FromClient("FIN out", Packets.Tcp(talk.Client(0), talk.Server(), FinAck, 1004, 5002));
        talk.FromRemote("last ACK", Packets.Tcp(talk.Server(), mapped, TcpControl.Ack, 5002, 1005));
    }

    private static void CloseByBoth(Conversation talk)
    {
        string mapped = TcpScenarios.Open(talk);
        talk.FromClient("FIN out", Packets.Tcp(talk.Client(0), talk.Server(), FinAck, 1001, 5001));
        talk.FromRemote("FIN in", Packets.Tcp(talk.Server(), mapped, FinAck, 5001, 1001));
        talk.FromClient("ACK out", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Ack, 1002, 5002));
        talk.FromRemote("ACK in", Packets.Tcp(talk.Server(), mapped, TcpControl.Ack, 5002, 1002));
    }

    private static void ResetByServer(Conversation talk)
    {
        string mapped = TcpScenarios.Open(talk);
        talk.FromRemote("RST", Packets.Tcp(talk.Server(), mapped, TcpControl.Rst, 5001));
        talk.FromRemote("RST repeated", Packets.Tcp(talk.Server(), mapped, TcpControl.Rst, 5001));
        talk.FromRemote("data after it", Packets.Tcp(talk.Server(), mapped, TcpControl.Ack, 5001, 1001, [1]));
        talk.FromClient("data out after it", Packets.Tcp(
            talk.Client(0), talk.Server(), TcpControl.Ack, 1001, 5001, [1]));
    }

    private static void ResetByClient(Conversation talk)
    {
        string mapped = TcpScenarios.Open(talk);
        talk.FromClient("RST", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Rst, 1001));
        talk.FromRemote("data after it", Packets.Tcp(talk.Server(), mapped, TcpControl.Ack, 5001, 1001, [1]));
        talk.FromClient("RST for that", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Rst, 1001));
    }

    private static void Refused(Conversation talk)
    {
        byte[] syn = Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Syn, 1000);
        string mapped = talk.FromClient("SYN", syn);
        talk.FromRemote("RST/ACK", Packets.Tcp(
            talk.Server(), mapped, TcpControl.Rst | TcpControl.Ack, 0, 1001));
        talk.FromRemote("RST/ACK repeated", Packets.Tcp(
            talk.Server(), mapped, TcpControl.Rst | TcpControl.Ack, 0, 1001));
        talk.FromClient("SYN again", syn);
        talk.FromRemote("SYN/ACK", Packets.Tcp(talk.Server(), mapped, SynAck, 5000, 1001));
    }

    private static void Reopen(Conversation talk)
    {
        string mapped = TcpScenarios.Open(talk);
        Close(talk, mapped);
        string again = talk.FromClient(
            "SYN of the next", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Syn, 100_000));
        talk.FromRemote("SYN/ACK of the next", Packets.Tcp(talk.Server(), again, SynAck, 200_000, 100_001));
        talk.FromClient("ACK of the next", Packets.Tcp(
            talk.Client(0), talk.Server(), TcpControl.Ack, 100_001, 200_001));
    }

    private static void ReopenFromOutside(Conversation talk)
    {
        string mapped = TcpScenarios.Open(talk);
        Close(talk, mapped);
        talk.FromRemote("SYN from outside", Packets.Tcp(talk.Server(), mapped, TcpControl.Syn, 300_000));
    }

    private static void Close(Conversation talk, string mapped)
    {
        talk.FromClient("FIN out", Packets.Tcp(talk.Client(0), talk.Server(), FinAck, 1001, 5001));
        talk.FromRemote("ACK in", Packets.Tcp(talk.Server(), mapped, TcpControl.Ack, 5001, 1002));
        talk.FromRemote("FIN in", Packets.Tcp(talk.Server(), mapped, FinAck, 5001, 1002));
        talk.FromClient("last ACK", Packets.Tcp(talk.Client(0), talk.Server(), TcpControl.Ack, 1002, 5002));
    }
}
