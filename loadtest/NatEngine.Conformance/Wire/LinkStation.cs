using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Lab;

namespace NatEngine.Conformance.Wire;

/// <summary>A host's end of its link to the gateway: sends packets as frames, and sorts what comes by destination
/// address.</summary>
/// <remarks>The host's own kernel is not to answer what it receives; see <see cref="ProbeLab"/>. Any thread may
/// send.</remarks>
internal sealed class LinkStation : IDisposable
{
    // linux/if_packet.h, asm-generic/socket.h.
    private const int SolPacket = 263;
    private const int PacketIgnoreOutgoing = 23;
    private const int SolSocket = 1;
    private const int SoReceiveBufferForce = 33;

    private const int ReceiveBuffer = 16 << 20;
    private const int ReceiveTimeout = 100; // milliseconds
    private const int EthernetLength = 14;
    private const int SendAttempts = 1000; // a millisecond apart
    private const int LongestFrame = 1 << 17;

    private static readonly byte[] IPv4Type = [0x08, 0x00];

    private readonly ConcurrentDictionary<IPAddress, Mailbox> _mailboxes = new();
    private readonly byte[] _header;
    private readonly Socket _socket;
    private readonly Thread _thread;
    private volatile bool _stopping;

    private LinkStation(Socket socket, byte[] header)
    {
        _socket = socket;
        _header = header;
        _thread = new Thread(Read) { IsBackground = true, Name = "link station" };
    }

    /// <summary>Opens the host's interface.</summary>
    public static LinkStation Open(LabHost host, string interfaceName, PhysicalAddress gateway)
    {
        byte[] header =
            [.. gateway.GetAddressBytes(), .. host.LinkAddress(interfaceName).GetAddressBytes(), .. IPv4Type];
        ushort protocol = (ushort)IPAddress.HostToNetworkOrder((short)LinkEndPoint.AllProtocols);
        Socket socket = host.CreateSocket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)protocol);
        SetOption(socket, SolSocket, SoReceiveBufferForce, ReceiveBuffer);
        SetOption(socket, SolPacket, PacketIgnoreOutgoing, 1);
        socket.ReceiveTimeout = ReceiveTimeout;
        socket.Bind(new LinkEndPoint(host.InterfaceIndex(interfaceName)));
        LinkStation station = new(socket, header);
        station._thread.Start();
        return station;
    }

    /// <summary>Where packets for an address go from now on.</summary>
    public Mailbox MailboxOf(IPAddress address) => _mailboxes.GetOrAdd(address, _ => new Mailbox());

    /// <summary>Sends a packet to the gateway, waiting while the kernel has no room for it: everything on a processor
    /// shares one queue of received frames (<c>net.core.netdev_max_backlog</c>).</summary>
    /// <exception cref="SocketException">There was no room for a second, or the link is gone.</exception>
    public void Send(IPv4Packet packet)
    {
        byte[] frame = [.. _header, .. packet.ToOctets()];
        for (int attempt = 1; ; attempt++)
        {
            _ = _socket.Send(frame, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                return;
            }

            if (error != SocketError.NoBufferSpaceAvailable || attempt == SendAttempts)
            {
                throw new SocketException((int)error);
            }

            Thread.Sleep(1);
        }
    }

    /// <inheritdoc/>
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
        while (!_stopping)
        {
            int length = _socket.Receive(buffer, SocketFlags.None, out SocketError error);
            ReadOnlySpan<byte> frame = buffer.AsSpan(0, length);
            if (error == SocketError.Success
                && length > EthernetLength
                && frame[12..EthernetLength].SequenceEqual(IPv4Type)
                && IPv4Packet.Parse(frame[EthernetLength..]) is { } packet
                && _mailboxes.TryGetValue(packet.Destination, out Mailbox? mailbox))
            {
                mailbox.Put(packet);
            }
        }
    }
}
