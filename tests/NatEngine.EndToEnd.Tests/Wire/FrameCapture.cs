using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Wire;

/// <summary>Keeps every frame that an interface receives, and sends made-up ones. Shares no code with the product's own
/// device.</summary>
internal sealed class FrameCapture : IDisposable
{
    // linux/if_packet.h, asm-generic/socket.h.
    private const int SolPacket = 263;
    private const int PacketVnetHeader = 15;
    private const int PacketIgnoreOutgoing = 23;
    private const int PacketStatistics = 6;
    private const int SolSocket = 1;
    private const int SoReceiveBufferForce = 33;

    private const int HeaderLength = 10;
    private const byte NeedsChecksum = 1;
    private const int LongestFrame = 1 << 17;
    private const int ReceiveBuffer = 256 << 20;
    private const int SendAttempts = 1000;
    private const int ReceiveTimeout = 100; // milliseconds

    // struct virtio_net_hdr: the frame is complete as it is.
    private static readonly byte[] NoOffload = new byte[HeaderLength];

    private readonly ConcurrentQueue<CapturedFrame> _frames = new();
    private readonly Socket _socket;
    private readonly Thread _thread;
    private volatile bool _stopping;

    private FrameCapture(Socket socket)
    {
        _socket = socket;
        _thread = new Thread(Read) { IsBackground = true, Name = "frame capture" };
    }

    /// <summary>What was received until now, the oldest first.</summary>
    public IReadOnlyCollection<CapturedFrame> Frames => _frames;

    /// <summary>Takes the oldest frame out, if there is one.</summary>
    public bool TryTake([NotNullWhen(true)] out CapturedFrame? frame) => _frames.TryDequeue(out frame);

    /// <summary>Sends a frame on the interface, as it is.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        byte[] message = [.. NoOffload, .. frame];
        for (int attempt = 1; ; attempt++)
        {
            _ = _socket.Send(message, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                return;
            }

            // The backlog of the processor, which all namespaces share, is full (net.core.netdev_max_backlog): nothing
            // was sent.
            if (error != SocketError.NoBufferSpaceAvailable || attempt == SendAttempts)
            {
                throw new SocketException((int)error);
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>Starts to capture on an interface of a host.</summary>
    public static FrameCapture Start(LabHost host, string interfaceName)
    {
        ushort protocol = (ushort)IPAddress.HostToNetworkOrder((short)LinkEndPoint.AllProtocols);
        Socket socket = host.CreateSocket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)protocol);
        SetOption(socket, SolSocket, SoReceiveBufferForce, ReceiveBuffer);
        SetOption(socket, SolPacket, PacketVnetHeader, 1);
        SetOption(socket, SolPacket, PacketIgnoreOutgoing, 1);
        socket.ReceiveTimeout = ReceiveTimeout;
        socket.Bind(new LinkEndPoint(host.InterfaceIndex(interfaceName)));
        FrameCapture capture = new(socket);
        capture._thread.Start();
        return capture;
    }

    /// <summary>Stops, when all that the interface has received by now is in <see cref="Frames"/>.</summary>
    /// <returns>All of it.</returns>
    public IReadOnlyCollection<CapturedFrame> Stop()
    {
        // tp_packets, tp_drops: what is missing could be what is wrong.
        byte[] statistics = new byte[8];
        _socket.GetRawSocketOption(SolPacket, PacketStatistics, statistics);
        Assert.Equal(0u, MemoryMarshal.Read<uint>(statistics.AsSpan(4)));
        _stopping = true;
        _thread.Join();
        return _frames;
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _socket.Dispose();
    }

    private static void SetOption(Socket socket, int level, int option, int value)
        => socket.SetRawSocketOption(level, option, MemoryMarshal.AsBytes([value]));

    private void Read()
    {
        byte[] buffer = new byte[LongestFrame];
        while (true)
        {
            int length = _socket.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                _frames.Enqueue(Parse(buffer.AsSpan(0, length)));
            }
            else if (_stopping)
            {
                return; // Everything that was waiting has been read: only then does a receive time out.
            }
        }
    }

    private static CapturedFrame Parse(ReadOnlySpan<byte> octets) => new(
        octets[HeaderLength..].ToArray(),
        (octets[0] & NeedsChecksum) != 0 ? MemoryMarshal.Read<ushort>(octets[6..]) : null,
        MemoryMarshal.Read<ushort>(octets[8..]),
        octets[1] != 0);
}
