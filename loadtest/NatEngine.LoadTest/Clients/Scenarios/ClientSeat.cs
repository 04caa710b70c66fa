using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Clients.Servers;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>A client's place on the inside: its address, the sockets it opens there, and what is recorded of
/// it.</summary>
public sealed class ClientSeat
{
    // <linux/in.h>: the port is chosen when the socket connects, by all four parts of the connection, rather than when
    // it is bound, by the client's address alone. Without, a client has 28,000 connections a minute to all servers
    // together.
    private const int IP_BIND_ADDRESS_NO_PORT = 24;
    private const int IPPROTO_IP = 0;

    private static readonly byte[] On = BitConverter.GetBytes(1);

    private readonly ulong _seed;
    private long _transactions;

    internal ClientSeat(int number, int clientNumber, IPAddress address, ServerPlaces servers, CrowdRecorder recorder,
        ulong seed)
    {
        Number = number;
        ClientNumber = clientNumber;
        Address = address;
        Servers = servers;
        Recorder = recorder;
        _seed = seed;
    }

    /// <summary>The client's number in its crowd, from 0.</summary>
    public int Number { get; }

    /// <summary>The client's number among all, from 0.</summary>
    public int ClientNumber { get; }

    /// <summary>The address that the client sends from.</summary>
    public IPAddress Address { get; }

    internal ServerPlaces Servers { get; }

    internal CrowdRecorder Recorder { get; }

    internal Dice Throw() => new(_seed, (ulong)ClientNumber, (ulong)Interlocked.Increment(ref _transactions));

    internal Socket OpenTcp()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetRawSocketOption(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, On);
        return Bound(socket);
    }

    internal Socket OpenUdp()
        => Bound(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));

    private Socket Bound(Socket socket)
    {
        try
        {
            socket.Bind(new IPEndPoint(Address, 0));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
