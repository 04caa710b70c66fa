using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>A whole neighbourhood behind one address.</summary>
public sealed class ManySessionsTests
{
    private const int Hosts = 200;
    private const int SocketsPerHost = 50;
    private const int Window = 100;

    private static readonly IPEndPoint Server = new(NatTopology.RemoteAddress, 7001);

    public static TheoryData<GatewayKind> Kinds => GatewayKinds.All;

    [RootTheory]
    [MemberData(nameof(Kinds))]
    public void Ten_thousand_udp_sessions_from_200_hosts_at_once(GatewayKind kind)
    {
        // Nobody has said a word yet: a whole window of packets waits for the one next hop that all of them share.
        using GatewayNetwork network = GatewayNetwork.Start(kind);
        using UdpResponder responder = UdpResponder.Echo(network.Remote, Server.Address, Server.Port);
        List<Socket> clients = [.. network.Topology.Inside.SelectMany(OpenClients)];
        try
        {
            Assert.Equal(Hosts * SocketsPerHost, clients.Count);

            // Twice: the second round finds every session of the first alive.
            Exchange(clients);
            Exchange(clients);

            Assert.Equal(clients.Count, responder.Senders.Count);
            Assert.All(responder.Senders, sender => Assert.Equal(2, sender.Value));
            Assert.Equal(clients.Count, network.SessionCount());
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    // One socket of every host, then the second of every host: a host whose link address the gateway has yet to ask
    // for has one packet waiting meanwhile, not fifty (RFC 1122 section 2.3.2.2 asks for one).
    private static List<Socket> OpenClients(InsideHost inside) => inside.Host.Enter(() =>
    {
        List<Socket> sockets = [];
        for (int i = 0; i < SocketsPerHost; i++)
        {
            for (int number = 0; number < Hosts / 2; number++)
            {
                Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.ReceiveTimeout = 20_000;

                // The same ports at every host: the gateway has to find others.
                socket.Bind(new IPEndPoint(inside.ClientAddress(number), 5000 + i));
                socket.Connect(Server);
                sockets.Add(socket);
            }
        }

        return sockets;
    });

    // So many at a time that no socket's buffer overflows: a datagram that is lost was lost by the gateway.
    private static void Exchange(List<Socket> clients)
    {
        byte[] received = new byte[64];
        foreach ((int Number, Socket Socket)[] window in clients.Index().Chunk(Window))
        {
            foreach ((int number, Socket socket) in window)
            {
                socket.Send(MemoryMarshal.AsBytes([number]));
            }

            foreach ((int number, Socket socket) in window)
            {
                Assert.Equal(sizeof(int), socket.Receive(received));
                Assert.Equal(number, MemoryMarshal.Read<int>(received));
            }
        }
    }
}
