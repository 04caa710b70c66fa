using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.EndToEnd.Tests.Wire;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>
/// Tunnels over protocols without ports, made by socat. What a tunnel interface gives it before each packet, two octets
/// of flags and two of the protocol, is what GRE puts there (RFC 2784): over protocol 47 it is GRE. The others have but
/// its number.
/// </summary>
public sealed class TunnelTests : IDisposable
{
    private const int Gre = 47;
    private const int Esp = 50;
    private const int Sctp = 132;
    private const int Icmp = 1;
    private const byte Unreachable = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly IPAddress Peer = IPAddress.Parse("198.51.100.7");

    private readonly string _configPath = Path.GetTempFileName();

    public static IEnumerable<object[]> KindsAndProtocols =>
        from kind in new[] { GatewayKind.NatEngine, GatewayKind.NatEngineOwned }
        from protocol in new[] { Gre, Esp, Sctp }
        select new object[] { kind, protocol };

    public void Dispose() => File.Delete(_configPath);

    [RootTheory]
    [MemberData(nameof(KindsAndProtocols))]
    public void Tunnel_goes_through_and_a_second_one_to_the_same_peer_is_refused(GatewayKind kind, int protocol)
    {
        using GatewayNetwork network = Start(kind, translate: true);
        using FrameCapture outside = FrameCapture.Start(network.Remote, NatTopology.RemoteInterface);
        using RunningProgram far = StartTunnel(
            network.Remote, "100.64.200.2", NatTopology.ExternalAddress, protocol, $",bind={Peer}");
        using RunningProgram near = StartTunnel(network.Client.Host, "100.64.200.1", Peer, protocol);
        Assert.Equal(5, Programs.Ping(network.Client.Host, IPAddress.Parse("100.64.200.2"), count: 5));
        Assert.Equal(0, network.Engine!.Drops("Conflict"));

        using RunningProgram second = StartTunnel(network.Neighbour.Host, "100.64.200.1", Peer, protocol);
        Programs.PingInVain(network.Neighbour.Host, IPAddress.Parse("100.64.200.2"));
        Programs.Await(() => network.Engine.Drops("Conflict") == 1, "the conflict");

        // The first is not disturbed, and nobody has told the peer that there is no such protocol.
        Assert.Equal(5, Programs.Ping(network.Client.Host, IPAddress.Parse("100.64.200.2"), count: 5));
        Assert.DoesNotContain(
            outside.Stop(),
            frame => frame.IsIPv4 && frame.Protocol == Icmp && frame.Octets[frame.TransportStart] == Unreachable);
    }

    [RootTheory]
    [InlineData(Gre)]
    [InlineData(Esp)]
    [InlineData(Sctp)]
    public void Tunnel_is_refused_where_they_are_not_translated(int protocol)
    {
        using GatewayNetwork network = Start(GatewayKind.NatEngine, translate: false);
        using FrameCapture outside = FrameCapture.Start(network.Remote, NatTopology.RemoteInterface);
        using RunningProgram near = StartTunnel(network.Client.Host, "100.64.200.1", Peer, protocol);
        Programs.PingInVain(network.Client.Host, IPAddress.Parse("100.64.200.2"));

        Programs.Await(() => network.Engine!.Drops("UnsupportedProtocol") == 1, "the packet to be refused");
        Assert.DoesNotContain(outside.Stop(), frame => frame.IsIPv4 && frame.Protocol == protocol);
    }

    private GatewayNetwork Start(GatewayKind kind, bool translate)
    {
        File.WriteAllText(
            _configPath, $$"""{ "behavior": { "otherProtocols": {{(translate ? "true" : "false")}} } }""");
        return GatewayNetwork.Start(kind, options: ["--config", _configPath]);
    }

    private static RunningProgram StartTunnel(
        LabHost host, string address, IPAddress peer, int protocol, string options = "")
    {
        RunningProgram tunnel = host.Start(
            "socat",
            [
                "-d", "-d", $"TUN:{address}/30,tun-name=tun0,up", $"IP4-SENDTO:{peer}:{protocol}{options}",
            ]);
        tunnel.WaitForErrorLine("starting data transfer loop", Patience);
        return tunnel;
    }
}
