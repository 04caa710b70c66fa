using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>Answers datagrams on one port of every server.</summary>
/// <remarks>One socket for each address: an answer must come from the address that was asked, and a socket for all of
/// them would answer from one.</remarks>
internal sealed class UdpService : IDisposable
{
    private const int ReceiveBufferLength = 1 << 20;
    private const int LongestDatagram = 2048;

    private readonly Func<byte[], int, int> _answer;
    private readonly PeerTally _peers;
    private readonly List<Socket> _sockets = [];

    private UdpService(Func<byte[], int, int> answer, PeerTally peers)
    {
        _answer = answer;
        _peers = peers;
    }

    /// <summary>Starts answering.</summary>
    /// <param name="servers">On which addresses.</param>
    /// <param name="port">On which port.</param>
    /// <param name="answer">Makes a datagram, so many octets in the buffer, into its answer; returns the answer's
    /// length, or 0 for none.</param>
    /// <param name="peers">Is told who sends.</param>
    public static UdpService Start(ServerPlaces servers, int port, Func<byte[], int, int> answer, PeerTally peers)
    {
        UdpService service = new(answer, peers);
        try
        {
            for (int number = 0; number < servers.Count; number++)
            {
                Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
                {
                    ReceiveBufferSize = ReceiveBufferLength,
                };
                service._sockets.Add(socket);
                socket.Bind(new IPEndPoint(servers.AddressOf(number), port));
                _ = service.ServeAsync(socket);
            }

            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private async Task ServeAsync(Socket socket)
    {
        byte[] buffer = new byte[LongestDatagram];
        SocketAddress sender = new(AddressFamily.InterNetwork);
        while (true)
        {
            try
            {
                int length = await socket.ReceiveFromAsync(buffer, SocketFlags.None, sender);
                _peers.Add(PeerTally.AddressOf(sender));
                int answered = _answer(buffer, length);
                if (answered > 0)
                {
                    await socket.SendToAsync(buffer.AsMemory(0, answered), SocketFlags.None, sender);
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException closed) when (closed.SocketErrorCode == SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException)
            {
                // An ICMP error about an earlier answer: whoever asked is gone, and others are not.
            }
        }
    }
}
