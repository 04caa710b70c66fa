using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>Answers each datagram with what a function makes of it, and remembers who sent one.</summary>
internal sealed class UdpResponder : IDisposable
{
    private const int ReceiveBuffer = 8 << 20;

    private readonly Socket _socket;
    private readonly Thread _thread;
    private readonly Func<byte[], byte[]> _answer;
    private readonly ConcurrentDictionary<IPEndPoint, int> _senders = new();

    private UdpResponder(Socket socket, Func<byte[], byte[]> answer)
    {
        _socket = socket;
        _answer = answer;
        _thread = new Thread(Serve) { IsBackground = true, Name = "udp responder" };
    }

    /// <summary>Who sent how many datagrams.</summary>
    public ConcurrentDictionary<IPEndPoint, int> Senders => _senders;

    /// <summary>Starts a responder that gives back what it gets.</summary>
    public static UdpResponder Echo(LabHost host, IPAddress address, int port)
        => Start(host, address, port, one => one);

    /// <summary>Starts a responder.</summary>
    public static UdpResponder Start(LabHost host, IPAddress address, int port, Func<byte[], byte[]> answer)
    {
        Socket socket = host.CreateUdpSocket();
        socket.ReceiveBufferSize = ReceiveBuffer;
        socket.Bind(new IPEndPoint(address, port));
        UdpResponder responder = new(socket, answer);
        responder._thread.Start();
        return responder;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        byte[] buffer = new byte[65536];
        EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                int length = _socket.ReceiveFrom(buffer, ref sender);
                IPEndPoint from = (IPEndPoint)sender;
                _senders.AddOrUpdate(from, 1, (_, count) => count + 1);
                _socket.SendTo(_answer(buffer[..length]), from);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // Disposed of: that is how it ends.
        }
    }
}
