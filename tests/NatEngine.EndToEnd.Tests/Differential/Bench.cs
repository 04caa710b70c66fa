using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>A gateway between three wires: what is put into one comes out of another, or of none.</summary>
/// <remarks>
/// That nothing more comes out is not told by waiting but by <em>witnesses</em>: datagrams of three sessions that are
/// known to pass. They go out behind what was sent, in behind that, and out again; whatever the gateway makes of a
/// packet, an error included, it has sent before it forwards those.
/// </remarks>
internal sealed class Bench : IDisposable
{
    /// <summary>Rules that concern everybody must let this address pass, untranslated or not.</summary>
    public const string WitnessAddress = "198.51.100.254";

    private const string Witness = WitnessAddress + ":4444";

    // Smaller than the others, so that packets can be too large in the middle of their way.
    private const int ExternalMtu = 1400;

    private const int SentAgainAfter = 500; // milliseconds

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Insiders = ["100.64.0.10:4444", "100.64.0.11:4445"];

    private readonly NatTopology _topology;
    private readonly NatEngineProcess? _engine;
    private readonly Dictionary<Place, Link> _links = [];
    private readonly string[] _mapped = new string[2];
    private uint _witnesses;

    private Bench(NatTopology topology, NatEngineProcess? engine)
    {
        _topology = topology;
        _engine = engine;
    }

    /// <summary>A bench with natengine as the kernel behaves: preset <c>netfilter</c>, strict windows.</summary>
    public static Bench OfNatEngine() => Make("ours", topology =>
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path, """{ "sessions": { "tcpWindows": "strict" }, "behavior": { "otherProtocols": true } }""");
            return NatEngineProcess.Start(
                topology, "--preset", "netfilter", "--config", path, "--publish", "tcp:8080=100.64.0.10:80");
        }
        finally
        {
            File.Delete(path);
        }
    });

    /// <summary>A bench with nftables' masquerade.</summary>
    public static Bench OfMasquerade() => Make("theirs", topology =>
    {
        topology.Gateway.SetForwarding(true);
        topology.Gateway.SetSysctl("net.ipv4.icmp_ratelimit", "0");
        topology.Gateway.ApplyNft(MasqueradeRules.Text);
        topology.Gateway.ApplyNft("insert rule ip filter forward ct state invalid drop");
        return null;
    });

    /// <summary>A bench with the kernel and iptables, whose rules are loaded later, and more external addresses.
    /// </summary>
    /// <remarks>Iptables-legacy, whose matches are those that iptables' manual describes; sessions as natengine has
    /// them here, begun by SYN and not measured. Errors are not limited in number.</remarks>
    public static Bench OfIptables() => Make("iptables", topology =>
    {
        topology.Gateway.SetForwarding(true);
        foreach (int last in Enumerable.Range(2, 3))
        {
            topology.Gateway.AddAddress(NatTopology.ExternalInterface, $"203.0.113.{last}/24");
        }

        (string Key, string Value)[] settings =
        [
            ("net.ipv4.icmp_ratelimit", "0"),
            ("net.ipv4.icmp_msgs_per_sec", "1000000"),
            ("net.ipv4.icmp_msgs_burst", "1000000"),
            ("net.ipv4.conf.all.send_redirects", "0"),
            ($"net.ipv4.conf.{NatTopology.InternalInterface}.send_redirects", "0"),
            ($"net.ipv4.conf.{NatTopology.ExternalInterface}.send_redirects", "0"),
        ];
        foreach ((string key, string value) in settings)
        {
            topology.Gateway.SetSysctl(key, value);
        }

        Load(topology, "*nat\n-A POSTROUTING -o wan0 -j MASQUERADE\nCOMMIT\n");

        // There once connections are tracked.
        topology.Gateway.SetSysctl("net.netfilter.nf_conntrack_tcp_loose", "0");
        topology.Gateway.SetSysctl("net.netfilter.nf_conntrack_tcp_be_liberal", "1");
        return null;
    });

    /// <summary>Puts rules, as iptables-restore reads them, in the place of those that there are.</summary>
    public void LoadRules(string rules) => Load(_topology, rules);

    /// <summary>The rules that there are, as iptables-save writes them.</summary>
    public string SaveRules()
        => _topology.Gateway.Run("iptables-legacy-save", []).EnsureSuccess().Output;

    /// <summary>Sends packets from one place.</summary>
    /// <returns>All that came out anywhere because of them, by place, each place's in their order.</returns>
    public IReadOnlyList<Emerged> Send(Place from, params IReadOnlyList<byte[]> packets)
    {
        foreach (byte[] packet in packets)
        {
            _links[from].Send(packet);
        }

        List<Emerged> emerged = [];
        Settle(emerged);
        return [.. emerged.OrderBy(one => one.At)];
    }

    public void Dispose()
    {
        foreach (Link link in _links.Values)
        {
            link.Dispose();
        }

        _engine?.Dispose();
        _topology.Dispose();
    }

    private static Bench Make(string name, Func<NatTopology, NatEngineProcess?> startGateway)
    {
        NatTopology topology = NatTopology.Create(
            name, new NatTopologyOptions { InsideHosts = 2, Offloads = false });
        Bench? bench = null;
        try
        {
            topology.Gateway.Configure($"link set {NatTopology.ExternalInterface} mtu {ExternalMtu}");

            // What natengine leaves to the host in shared mode, and masquerade does not, is out of the way.
            topology.Gateway.SetSysctl("net.ipv4.ip_local_port_range", "65000 65534");
            bench = new Bench(topology, startGateway(topology));
            bench.Connect();
            return bench;
        }
        catch
        {
            bench?.Dispose();
            topology.Dispose();
            throw;
        }
    }

    private static void Load(NatTopology topology, string rules)
    {
        ProgramResult result = topology.Gateway.Run(
            "iptables-legacy-restore", [], options: new ProgramOptions { Input = rules });
        Assert.True(result.ExitCode == 0, $"{result.Error}{rules}");
    }

    private void Connect()
    {
        Add(Place.Client, _topology.Inside[0].Host, InsideHost.Interface, NatTopology.InternalInterface);
        Add(Place.Neighbour, _topology.Inside[1].Host, InsideHost.Interface, NatTopology.InternalInterface);
        Add(Place.Remote, _topology.Remote, NatTopology.RemoteInterface, NatTopology.ExternalInterface);
        Settle([]);
    }

    private void Add(Place place, LabHost host, string interfaceName, string gatewayInterface) => _links.Add(
        place, new Link(place, host, interfaceName, _topology.Gateway.LinkAddress(gatewayInterface)));

    private void Settle(List<Emerged> emerged)
    {
        for (int index = 0; index < Insiders.Length; index++)
        {
            _mapped[index] = Pass((Place)index, Insiders[index], Witness, Place.Remote, emerged).Source;
        }

        for (int index = 0; index < Insiders.Length; index++)
        {
            _ = Pass(Place.Remote, Witness, _mapped[index], (Place)index, emerged);
        }

        _ = Pass(Place.Client, Insiders[0], Witness, Place.Remote, emerged);
    }

    // Sends a witness and waits for it; what comes out before it is no witness.
    private Emerged Pass(Place from, string source, string destination, Place to, List<Emerged> emerged)
    {
        byte[] number = Packets.Long(++_witnesses);
        _links[from].Send(Packets.Udp(source, destination, number));
        long start = Environment.TickCount64;
        long again = start + SentAgainAfter;
        Emerged? witness = null;
        while (witness is null)
        {
            long now = Environment.TickCount64;
            Assert.True(
                now - start < (long)Patience.TotalMilliseconds, $"No witness from {from} at {to}.\n{_engine?.Log}");
            if (now > again)
            {
                // Whatever floods the machine fills the processors' backlogs, which all namespaces share.
                _links[from].Send(Packets.Udp(source, destination, number));
                again = now + SentAgainAfter;
            }

            witness = Take(to, number, emerged);
            Thread.Yield();
        }

        foreach (Place other in _links.Keys)
        {
            Assert.Null(Take(other, number, emerged));
        }

        return witness;
    }

    private Emerged? Take(Place at, byte[] number, List<Emerged> emerged)
    {
        while (_links[at].Receive() is { } one)
        {
            if (!IsWitness(one))
            {
                emerged.Add(one);
            }
            else if (one.Packet.AsSpan(28).SequenceEqual(number))
            {
                return one;
            }
        }

        return null;
    }

    private static bool IsWitness(Emerged one)
    {
        byte[] address = IPEndPoint.Parse(Witness).Address.GetAddressBytes();
        return one.Packet[9] == Packets.UdpProtocol
            && (one.Packet.AsSpan(12, 4).SequenceEqual(address) || one.Packet.AsSpan(16, 4).SequenceEqual(address));
    }
}
