using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading;
using NatEngine.Conformance.Probes;
using NatEngine.Conformance.Wire;
using NatEngine.Lab;

namespace NatEngine.Conformance;

/// <summary>The lab that a NAT is judged in: one link inside and one outside, each with a station that is thousands of
/// hosts.</summary>
/// <remarks>The kernels at both ends answer ARP for those addresses and drop everything else before their IP stacks see
/// it, so that nothing is sent that no probe sent. The external link's MTU is the smaller one.</remarks>
internal sealed class ProbeLab : IDisposable
{
    /// <summary>MTU of the external link, in octets.</summary>
    public const int ExternalMtu = 1400;

    private const int FirstPort = 10_000;
    private const int LastPort = 31_999;

    private const string Silence = $$"""
        table netdev probe {
            chain first {
                type filter hook ingress device "eth0" priority -500; policy accept;
                ether type ip drop
            }
        }
        """;

    private readonly NatTopology _topology;
    private readonly LinkStation _inside;
    private readonly LinkStation _outside;
    private int _insideHosts;
    private int _outsideHosts;
    private int _untranslatedHosts;
    private int _ports;

    private ProbeLab(NatTopology topology)
    {
        _topology = topology;
        _inside = Station(topology.Inside[0].Host, InsideHost.Interface, NatTopology.InternalInterface);
        _outside = Station(topology.Remote, NatTopology.RemoteInterface, NatTopology.ExternalInterface);
    }

    /// <summary>Where the NAT is put.</summary>
    public LabHost Gateway => _topology.Gateway;

    /// <summary>Builds the lab, with a gateway in it that does nothing yet.</summary>
    /// <exception cref="LabException">This machine cannot, or the kernel would not.</exception>
    public static ProbeLab Create(string name)
    {
        NatTopology topology = NatTopology.Create(name, new NatTopologyOptions { Offloads = false });
        try
        {
            topology.Gateway.Configure($"link set {NatTopology.ExternalInterface} mtu {ExternalMtu}");
            topology.Inside[0].Host.ApplyNft(Silence);
            topology.Remote.ApplyNft(Silence);
            return new ProbeLab(topology);
        }
        catch
        {
            topology.Dispose();
            throw;
        }
    }

    /// <summary>An internal host that nobody has used.</summary>
    public WireHost NextInside()
    {
        int number = Interlocked.Increment(ref _insideHosts) - 1;
        return new WireHost(_topology.Inside[0].ClientAddress(number), _inside);
    }

    /// <summary>A remote host that nobody has used.</summary>
    public WireHost NextOutside() => new(Remote(198, 18, Interlocked.Increment(ref _outsideHosts)), _outside);

    /// <summary>A remote host that nobody has used, in <see cref="LabAddresses.UntranslatedPrefix"/>.</summary>
    public WireHost NextUntranslated()
        => new(IPAddress.Parse($"198.51.100.{Interlocked.Increment(ref _untranslatedHosts)}"), _outside);

    /// <summary>The next port.</summary>
    public ushort NextPort()
        => (ushort)(FirstPort + ((Interlocked.Increment(ref _ports) - 1) % (LastPort - FirstPort + 1)));

    /// <summary>Removes the lab and what runs in it.</summary>
    public void Dispose()
    {
        _inside.Dispose();
        _outside.Dispose();
        _topology.Dispose();
    }

    private static IPAddress Remote(byte first, byte second, int number)
        => new([first, second, (byte)(number >> 8), (byte)number]);

    private LinkStation Station(LabHost host, string interfaceName, string gatewayInterface)
    {
        PhysicalAddress gateway = Gateway.LinkAddress(gatewayInterface);
        return LinkStation.Open(host, interfaceName, gateway);
    }
}
