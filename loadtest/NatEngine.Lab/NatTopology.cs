using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace NatEngine.Lab;

/// <summary>The network that every NAT under test is put into.</summary>
/// <remarks>
/// <code>
///  inside1 ─ eth0 ┐                          gateway                        remote
///  100.64.0.10    ├ lan (bridge) ─ lan0 100.64.0.1/16   wan0 203.0.113.1/24 ─ eth0 203.0.113.10–13/24
///  inside2 ─ eth0 ┘                                                           198.51.100.0/24, 198.18.0.0/15
///  100.64.0.11
/// </code>
/// <para>The inside has a default route to the gateway and no other way out. The remote has no route to the inside, so
/// nothing works by accident with an untranslated packet. The gateway does not forward until whoever stands there makes
/// it: the same topology serves a NAT in user space, the kernel's, and plain forwarding.</para>
/// </remarks>
public sealed class NatTopology : IDisposable
{
    /// <summary>The gateway's interface towards the inside.</summary>
    public const string InternalInterface = "lan0";

    /// <summary>The gateway's interface towards the remote.</summary>
    public const string ExternalInterface = "wan0";

    /// <summary>The remote's interface.</summary>
    public const string RemoteInterface = "eth0";

    private const int MaxInsideHosts = 15;

    private NatTopology(Lab lab, LabHost gateway, LabHost remote)
    {
        Lab = lab;
        Gateway = gateway;
        Remote = remote;
    }

    /// <summary>The prefix of the inside, 100.64.0.0/16.</summary>
    public static IPNetwork InternalPrefix { get; } = IPNetwork.Parse("100.64.0.0/16");

    /// <summary>The gateway's address towards the inside.</summary>
    public static IPAddress InternalAddress { get; } = IPAddress.Parse("100.64.0.1");

    /// <summary>The address that the outside sees.</summary>
    public static IPAddress ExternalAddress { get; } = IPAddress.Parse("203.0.113.1");

    /// <summary>The remote's addresses on the link to the gateway, the first first.</summary>
    public static IReadOnlyList<IPAddress> RemoteAddresses { get; } =
        [.. Enumerable.Range(10, 4).Select(last => IPAddress.Parse($"203.0.113.{last}"))];

    /// <summary>The remote's first address.</summary>
    public static IPAddress RemoteAddress => RemoteAddresses[0];

    /// <summary>Prefixes behind the remote, every address of which is the remote's own.</summary>
    public static IReadOnlyList<IPNetwork> RemotePrefixes { get; } =
        [IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("198.18.0.0/15")];

    /// <summary>The lab that the hosts belong to; more may be added to it.</summary>
    public Lab Lab { get; }

    /// <summary>The host where the NAT under test runs.</summary>
    public LabHost Gateway { get; }

    /// <summary>The outside: servers, and strangers.</summary>
    public LabHost Remote { get; }

    /// <summary>The hosts behind the gateway.</summary>
    public IReadOnlyList<InsideHost> Inside { get; private set; } = [];

    /// <summary>The link between gateway and remote, the gateway first.</summary>
    public LabLink ExternalLink { get; private set; } = null!;

    /// <summary>Builds the network.</summary>
    /// <exception cref="LabException">This process may not, or a program is missing.</exception>
    public static NatTopology Create(string name, NatTopologyOptions? options = null)
    {
        options ??= NatTopologyOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InsideHosts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.InsideHosts, MaxInsideHosts);
        Lab lab = Lab.Create(name);
        try
        {
            NatTopology topology = new(lab, lab.AddHost("gateway"), lab.AddHost("remote"));
            topology.ConnectRemote(options);
            topology.ConnectInside(options);
            return topology;
        }
        catch
        {
            lab.Dispose();
            throw;
        }
    }

    /// <summary>Gives the remote a route back to the inside, for a gateway that forwards without translating.</summary>
    public void RouteInsideAtRemote() => Remote.AddRoute(InternalPrefix.ToString(), ExternalAddress.ToString());

    /// <summary>Removes the network and everything that runs in it.</summary>
    public void Dispose() => Lab.Dispose();

    private void ConnectRemote(NatTopologyOptions options)
    {
        ExternalLink = Lab.Connect(
            Gateway, ExternalInterface, Remote, RemoteInterface, options.Mtu, options.Offloads);
        Remote.Configure([
            .. RemoteAddresses.Select(address => $"address add {address}/24 dev {RemoteInterface}"),
            .. RemotePrefixes.Select(prefix => $"route add local {prefix} dev lo"),
        ]);
        if (options.AddressOnExternalInterface)
        {
            Gateway.AddAddress(ExternalInterface, $"{ExternalAddress}/24");
            Gateway.AddRoute("default", RemoteAddress.ToString());
        }
    }

    private void ConnectInside(NatTopologyOptions options)
    {
        InsideHost[] inside = [.. Enumerable.Range(1, options.InsideHosts).Select(AddInsideHost)];
        if (inside.Length == 1)
        {
            Lab.Connect(
                Gateway, InternalInterface, inside[0].Host, InsideHost.Interface, options.Mtu, options.Offloads);
        }
        else
        {
            ConnectBySwitch(inside, options);
        }

        Gateway.AddAddress(InternalInterface, $"{InternalAddress}/16");
        foreach (InsideHost host in inside)
        {
            host.Host.Configure([
                $"address add {host.Address}/16 dev {InsideHost.Interface}",
                $"route add local {host.ClientPrefix} dev lo",
                $"route add default via {InternalAddress}",
            ]);
        }

        Inside = inside;
    }

    private void ConnectBySwitch(InsideHost[] inside, NatTopologyOptions options)
    {
        LabHost lan = Lab.AddHost("lan");
        Lab.Connect(Gateway, InternalInterface, lan, "gateway", options.Mtu, options.Offloads);
        foreach (InsideHost host in inside)
        {
            Lab.Connect(lan, host.Host.Name, host.Host, InsideHost.Interface, options.Mtu, options.Offloads);
        }

        lan.AddBridge("br0", ["gateway", .. inside.Select(host => host.Host.Name)]);
    }

    private InsideHost AddInsideHost(int number) => new(
        Lab.AddHost($"inside{number}"),
        IPAddress.Parse($"100.64.0.{9 + number}"),
        IPNetwork.Parse($"100.64.{16 * number}.0/20"));
}
