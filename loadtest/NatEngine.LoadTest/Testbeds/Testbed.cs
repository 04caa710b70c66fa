using System;
using System.Linq;
using System.Net;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Testbeds;

/// <summary>
/// The network that one system under test is measured in: an inside host, a remote host, and the gateway between them
/// where the system is put. Made anew for each measurement block, and the same for every system.
/// </summary>
/// <remarks>
/// What the gateway's interfaces receive is steered to the system's processor, what the two ends receive to the
/// generator's and the sink's (receive packet steering). So the kernel's systems work where the engine is pinned, the
/// sending process does not do the gateway's work in its own system calls, and the gateway's processor does not do the
/// receiver's. For a system in user space the gateway's part may be left to the sender: see
/// <see cref="ReceivePlace"/>.
/// </remarks>
internal sealed class Testbed : IDisposable
{
    /// <summary>The one interface of either end.</summary>
    public const string EndInterface = "eth0";

    /// <summary>The address that programs on the inside talk to.</summary>
    public static readonly IPAddress Target = IPAddress.Parse("198.51.100.20");

    // Where FirstClient and all that follow are.
    private const string ClientPrefix = "100.64.16.0/20";

    private static readonly IPAddress InsideAddress = IPAddress.Parse("100.64.0.10");

    private readonly Lab.Lab _lab;
    private readonly NatTopology? _topology;

    private Testbed(Lab.Lab lab, NatTopology? topology, LabHost inside, LabHost remote, CorePlacement cores)
    {
        _lab = lab;
        _topology = topology;
        Inside = inside;
        Remote = remote;
        Cores = cores;
    }

    /// <summary>Where the traffic starts.</summary>
    public LabHost Inside { get; }

    /// <summary>Where it ends.</summary>
    public LabHost Remote { get; }

    /// <summary>Which processor does what.</summary>
    public CorePlacement Cores { get; }

    /// <summary>Whether there is a gateway of ours between the ends.</summary>
    public bool HasGateway => _topology is not null;

    /// <summary>Where the system under test is.</summary>
    /// <exception cref="InvalidOperationException">The ends are cabled together.</exception>
    public LabHost Gateway => Topology.Gateway;

    /// <summary>The network around the gateway.</summary>
    /// <exception cref="InvalidOperationException">The ends are cabled together.</exception>
    public NatTopology Topology => _topology ?? throw new InvalidOperationException("This testbed has no gateway.");

    /// <summary>The station that the inside host sends to.</summary>
    public MacAddress NextHop { get; private set; }

    /// <summary>The address that the remote host must see of a system that translates.</summary>
    public IPAddress ExternalAddress { get; private init; } = NatTopology.ExternalAddress;

    /// <summary>The first address that the inside host pretends to be.</summary>
    public static IPv4Address FirstClient { get; } = IPv4Address.Parse("100.64.16.1");

    /// <summary>Builds the network with a gateway in it that does nothing yet.</summary>
    /// <param name="cores">Which processor does what.</param>
    /// <param name="receive">Where the gateway receives.</param>
    /// <param name="externalAddress">What the remote host must see; the gateway's own address if null.</param>
    /// <exception cref="LabException">This machine cannot, or the kernel would not.</exception>
    public static Testbed WithGateway(CorePlacement cores, ReceivePlace receive, IPAddress? externalAddress = null)
    {
        NatTopology topology = NatTopology.Create("natload");
        Testbed testbed = new(topology.Lab, topology, topology.Inside[0].Host, topology.Remote, cores)
        {
            ExternalAddress = externalAddress ?? NatTopology.ExternalAddress,
        };
        return testbed.Prepared(() =>
        {
            ulong system = receive == ReceivePlace.System ? CorePlacement.Mask(cores.System) : 0;
            foreach (string side in new[] { NatTopology.InternalInterface, NatTopology.ExternalInterface })
            {
                topology.Gateway.SetReceiveProcessors(side, system);
            }

            if (receive == ReceivePlace.Thread)
            {
                testbed.GiveNapi();
            }

            // The crowd of clients is behind a router of its own, so that a test with thousands of them is none of the
            // gateway's table of neighbours.
            topology.Gateway.AddRoute(topology.Inside[0].ClientPrefix.ToString(), InsideAddress.ToString());
            testbed.NextHop = StationOf(topology.Gateway, NatTopology.InternalInterface);
        });
    }

    /// <summary>Builds the network around a box of somebody else's, with two of the machine's own interfaces for ends.
    /// They go back when the testbed does.</summary>
    /// <remarks>What they receive is not steered: a real card's interrupts are whoever set it up's.</remarks>
    /// <exception cref="LabException">The kernel would not, or the box does not answer.</exception>
    public static Testbed WithExternal(CorePlacement cores, ExternalCables cables)
    {
        Lab.Lab lab = Lab.Lab.Create("natload");
        try
        {
            Testbed testbed = new(lab, null, lab.AddHost("inside1"), lab.AddHost("remote"), cores)
            {
                ExternalAddress = cables.ExternalAddress,
            };
            lab.Borrow(cables.Internal, testbed.Inside, EndInterface);
            lab.Borrow(cables.External, testbed.Remote, EndInterface);
            testbed.Inside.Configure(
                $"address add {cables.Inside} dev {EndInterface}",
                $"link set {EndInterface} up",
                $"route add local {ClientPrefix} dev lo",
                $"route add default via {cables.Gateway}");
            testbed.Remote.Configure([
                $"address add {cables.Remote} dev {EndInterface}",
                $"link set {EndInterface} up",
                .. NatTopology.RemotePrefixes.Select(prefix => $"route add local {prefix} dev lo"),
            ]);
            testbed.NextHop = Neighbour.Resolve(testbed.Inside, EndInterface, cables.Gateway);
            return testbed;
        }
        catch
        {
            lab.Dispose();
            throw;
        }
    }

    /// <summary>Builds the network with the two ends cabled together: nothing limits them but themselves.</summary>
    /// <exception cref="LabException">This machine cannot, or the kernel would not.</exception>
    public static Testbed WithoutGateway(CorePlacement cores)
    {
        Lab.Lab lab = Lab.Lab.Create("natload");
        Testbed testbed = new(lab, null, lab.AddHost("inside1"), lab.AddHost("remote"), cores);
        return testbed.Prepared(() =>
        {
            lab.Connect(testbed.Inside, EndInterface, testbed.Remote, EndInterface);
            testbed.Inside.Configure(
                $"address add {InsideAddress}/16 dev {EndInterface}", $"route add default dev {EndInterface}");
            testbed.Remote.Configure(
                $"route add local {Target} dev lo", $"route add {NatTopology.InternalPrefix} dev {EndInterface}");
            testbed.NextHop = StationOf(testbed.Remote, EndInterface);
        });
    }

    /// <summary>The address that an interface answers to on its link.</summary>
    public static MacAddress StationOf(LabHost host, string interfaceName)
        => MacAddress.Read(host.LinkAddress(interfaceName).GetAddressBytes());

    /// <summary>Gives the gateway's interfaces what threads of the kernel's can receive (NAPI).</summary>
    /// <remarks>Without these two settings veth passes a frame on in the softirq of the processor that sent it, and has
    /// nothing for a thread to do. With them that is still so for TCP from an end that leaves segmenting to the driver
    /// (veth_skb_is_eligible_for_gro).</remarks>
    /// <exception cref="LabException">The kernel would not.</exception>
    public void GiveNapi()
    {
        foreach (string side in new[] { NatTopology.InternalInterface, NatTopology.ExternalInterface })
        {
            Gateway.Run("ethtool", ["-K", side, "gro", "on", "rx-udp-gro-forwarding", "on"]).EnsureSuccess();
        }
    }

    /// <summary>Removes the network and everything that runs in it.</summary>
    public void Dispose() => _lab.Dispose();

    private Testbed Prepared(Action prepare)
    {
        try
        {
            prepare();
            Inside.SetReceiveProcessors(EndInterface, CorePlacement.Mask(Cores.Generator));
            Remote.SetReceiveProcessors(EndInterface, CorePlacement.Mask(Cores.Sink));
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
