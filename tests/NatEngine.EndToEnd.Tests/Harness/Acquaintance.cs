using System;
using System.Net;
using System.Net.Sockets;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>Two sockets, one inside and one outside, that talk through a mapping which the inside made.</summary>
internal sealed class Acquaintance : IDisposable
{
    private const int Patience = 20_000; // milliseconds

    private readonly Socket _inside;
    private readonly Socket _outside;

    private Acquaintance(Socket inside, Socket outside, IPEndPoint mapped)
    {
        _inside = inside;
        _outside = outside;
        Mapped = mapped;
    }

    /// <summary>Where the outside sees the inside.</summary>
    public IPEndPoint Mapped { get; }

    /// <summary>The outside's own end.</summary>
    public IPEndPoint Server => (IPEndPoint)_outside.LocalEndPoint!;

    /// <summary>Opens the sockets and sends the first datagram out.</summary>
    public static Acquaintance Make(GatewayNetwork network)
    {
        Socket outside = network.Remote.CreateUdpSocket();
        outside.Bind(new IPEndPoint(NatTopology.RemoteAddress, 0));
        Socket inside = network.Client.Host.CreateUdpSocket();
        inside.Connect(outside.LocalEndPoint!);
        inside.ReceiveTimeout = outside.ReceiveTimeout = Patience;
        inside.Send("hello"u8);
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        outside.ReceiveFrom(new byte[16], ref from);
        return new Acquaintance(inside, outside, (IPEndPoint)from);
    }

    /// <summary>Sends a datagram in, and one out, and waits for both.</summary>
    public void Exchange()
    {
        _outside.SendTo("still there?"u8, Mapped);
        Assert.Equal(12, _inside.Receive(new byte[32]));
        _inside.Send("yes"u8);
        Assert.Equal(3, _outside.Receive(new byte[32]));
    }

    public void Dispose()
    {
        _inside.Dispose();
        _outside.Dispose();
    }
}
