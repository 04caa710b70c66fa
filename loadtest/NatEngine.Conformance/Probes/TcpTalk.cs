using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>A connection that an inside end opened through the NAT.</summary>
/// <param name="Scene">Where.</param>
/// <param name="Client">The end that opened it.</param>
/// <param name="Server">The end that accepted it.</param>
/// <param name="Target">Where the client sends to.</param>
/// <param name="External">Where the server sees the client.</param>
internal sealed record TcpTalk(Scene Scene, TcpEnd Client, TcpEnd Server, IPEndPoint Target, IPEndPoint External)
{
    /// <summary>Opens a connection: SYN, SYN-ACK, ACK, each of which must arrive.</summary>
    /// <param name="scene">Where.</param>
    /// <param name="client">Who opens it.</param>
    /// <param name="server">Who accepts it.</param>
    /// <param name="target">The address that the client has for the server; its own if null.</param>
    public static TcpTalk Open(Scene scene, TcpEnd client, TcpEnd server, IPEndPoint? target = null)
    {
        target ??= server.Local;
        IPEndPoint external = server.Receive(client.Send(target, TcpPacket.Syn)).From;
        TcpTalk talk = new(scene, client, server, target, external);
        talk.ToClient(TcpPacket.Syn | TcpPacket.Ack);
        talk.ToServer(TcpPacket.Ack);
        return talk;
    }

    /// <summary>The client sends, and it must arrive.</summary>
    public IPv4Packet ToServer(byte flags, byte[]? content = null)
        => Server.Receive(Client.Send(Target, flags, Server.Next, content));

    /// <summary>The server sends, and it must arrive.</summary>
    public IPv4Packet ToClient(byte flags, byte[]? content = null)
        => Client.Receive(Server.Send(External, flags, Client.Next, content));

    /// <summary>Whether data from the server arrives.</summary>
    public bool ServerIsHeard()
    {
        IPv4Packet sent = Server.Send(External, TcpPacket.Ack, Client.Next, [1]);
        Scene.Settle();
        return Client.Host.Look(packet => Client.IsFor(packet, sent)).Count > 0;
    }
}
