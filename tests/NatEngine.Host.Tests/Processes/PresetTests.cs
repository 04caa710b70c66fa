using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using NatEngine.Lab;

namespace NatEngine.Host.Tests.Processes;

public sealed class PresetTests
{
    [RootTheory] // RFC 4787 section 5: whether a stranger's datagram to a mapped port is let in
    [InlineData("default", false)]
    [InlineData("full-cone", true)]
    [InlineData("cgn", true)]
    [InlineData("symmetric", false)]
    [InlineData("netfilter", false)]
    public void A_preset_is_in_force(string preset, bool letsStrangersIn)
    {
        using NatTopology net = NatTopology.Create("preset");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run("--preset", preset);
        using Socket inside = net.Inside[0].Host.CreateUdpSocket();
        using Socket server = net.Remote.CreateUdpSocket();
        using Socket stranger = net.Remote.CreateUdpSocket();
        server.ReceiveTimeout = inside.ReceiveTimeout = (int)Engine.Patience.TotalMilliseconds;
        server.Bind(new IPEndPoint(NatTopology.RemoteAddress, 4000));
        inside.SendTo([1], new IPEndPoint(NatTopology.RemoteAddress, 4000));
        EndPoint mapped = new IPEndPoint(IPAddress.Any, 0);
        Assert.Equal(1, server.ReceiveFrom(new byte[8], ref mapped));

        // The server's answer leaves behind the stranger's datagram, by the same link: it arrives last, in any case.
        stranger.SendTo([2, 2], mapped);
        server.SendTo([3, 3, 3], mapped);
        List<int> lengths = [];
        while (lengths is not [.., 3])
        {
            lengths.Add(inside.Receive(new byte[8]));
        }

        Assert.Equal(letsStrangersIn ? [2, 3] : [3], lengths);
    }
}
