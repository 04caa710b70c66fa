using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Whoever was not asked.</summary>
internal static class StrangerScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("strangers who know the inside", WithRoutes),
        new("hairpin to a mapping", Hairpin),

        // Last, because natengine answers a stranger's SYN six seconds later (RFC 5382 REQ-4).
        new("strangers", Strangers),
    ];

    private static void Strangers(Conversation talk)
    {
        string free = $"{Conversation.External}:{talk.Port(0)}";
        talk.FromRemote("udp", Packets.Udp(talk.Server(), free));
        talk.FromRemote("udp to a host's port", Packets.Udp(talk.Server(), $"{Conversation.External}:65100"));
        talk.FromRemote("udp to a well-known port", Packets.Udp(talk.Server(), $"{Conversation.External}:53"));
        talk.FromRemote("ACK", Packets.Tcp(talk.Server(), free, TcpControl.Ack, 1, 1));
        talk.FromRemote("RST", Packets.Tcp(talk.Server(), free, TcpControl.Rst, 1));
        talk.FromRemote("SYN/ACK", Packets.Tcp(talk.Server(), free, TcpControl.Syn | TcpControl.Ack, 1, 1));
        talk.FromRemote("SYN to a well-known port", Packets.Tcp(
            talk.Server(), $"{Conversation.External}:22", TcpControl.Syn, 1));
        talk.FromRemote("ACK to the published port", Packets.Tcp(
            talk.Server(), $"{Conversation.External}:8080", TcpControl.Ack, 1, 1));
        talk.FromRemote("SYN", Packets.Tcp(talk.Server(), free, TcpControl.Syn, 1));
    }

    private static void WithRoutes(Conversation talk)
    {
        talk.FromRemote("udp to the client", Packets.Udp(talk.Server(), talk.Client(0)));
        talk.FromRemote("SYN to the client", Packets.Tcp(
            talk.Server(), $"{Conversation.ClientAddress}:80", TcpControl.Syn, 1));
        talk.FromRemote("echo to the client", Packets.Echo(talk.ServerAddress, Conversation.ClientAddress, 1));
        talk.FromRemote("echo to the gateway's inside", Packets.Echo(talk.ServerAddress, "100.64.0.1", 1));
        talk.FromRemote("from the inside's prefix", Packets.Udp(talk.Client(1), talk.Client(0)));
        talk.FromRemote("from the gateway itself", Packets.Udp(
            $"{Conversation.External}:1", $"{Conversation.External}:1"));
        talk.FromRemote("to elsewhere", Packets.Udp(talk.Server(), "198.18.0.7:7000"));
    }

    private static void Hairpin(Conversation talk)
    {
        string mapped = talk.FromClient("client out", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromNeighbour("neighbour to it", Packets.Udp(talk.Neighbour(1), mapped));
        talk.FromClient("client to itself", Packets.Udp(talk.Client(0), mapped));
        talk.FromNeighbour("neighbour to nobody", Packets.Udp(
            talk.Neighbour(1), $"{Conversation.External}:{talk.Port(9)}"));
        talk.FromNeighbour("SYN to nobody", Packets.Tcp(
            talk.Neighbour(1), $"{Conversation.External}:{talk.Port(9)}", TcpControl.Syn, 1));
    }
}
