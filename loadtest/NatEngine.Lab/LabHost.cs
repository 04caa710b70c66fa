using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json;

namespace NatEngine.Lab;

/// <summary>A host of a lab: a network namespace with interfaces, addresses, routes and programs of its own.</summary>
/// <remarks>While the lab stands, <c>ip netns exec NAMESPACE bash</c> lets a person look round in it.</remarks>
public sealed class LabHost
{
    private static readonly TimeSpan ToolPatience = TimeSpan.FromSeconds(30);

    private static readonly string[] DisableIpv6 =
    [
        "/proc/sys/net/ipv6/conf/all/disable_ipv6",
        "/proc/sys/net/ipv6/conf/default/disable_ipv6",
    ];

    internal LabHost(string name, string networkNamespace)
    {
        Name = name;
        Namespace = networkNamespace;
    }

    /// <summary>The host's name within its lab.</summary>
    public string Name { get; }

    /// <summary>The name of its network namespace, as <c>ip netns list</c> shows it.</summary>
    public string Namespace { get; }

    /// <summary>Runs commands of iproute2's <c>ip</c> in this host in one go, up to the first that fails.</summary>
    /// <param name="commands">What would follow <c>ip</c> on a command line, such as "link set eth0 up".</param>
    /// <exception cref="LabException">A command failed.</exception>
    public void Configure(params IReadOnlyCollection<string> commands) => IpCommand.Run(Namespace, commands);

    /// <summary>Adds an address, such as "203.0.113.10/24", to an interface.</summary>
    public void AddAddress(string interfaceName, string address)
        => Configure($"address add {address} dev {interfaceName}");

    /// <summary>Adds a route to a prefix, or "default", by way of a neighbouring router.</summary>
    public void AddRoute(string prefix, string gateway) => Configure($"route add {prefix} via {gateway}");

    /// <summary>Adds a neighbour that is known without asking.</summary>
    public void AddNeighbour(string interfaceName, IPAddress address, PhysicalAddress linkAddress)
    {
        string octets = string.Join(':', linkAddress.GetAddressBytes().Select(octet => octet.ToString("x2", null)));
        Configure($"neighbour replace {address} lladdr {octets} dev {interfaceName} nud permanent");
    }

    /// <summary>Takes an interface up or down.</summary>
    public void SetUp(string interfaceName, bool up)
        => Configure($"link set {interfaceName} {(up ? "up" : "down")}");

    /// <summary>Joins interfaces of this host by a bridge that forwards from its first frame on.</summary>
    public void AddBridge(string bridgeName, params IReadOnlyCollection<string> members)
    {
        Configure([
            $"link add {bridgeName} type bridge forward_delay 0 stp_state 0 mcast_snooping 0",
            .. members.Select(member => $"link set {member} master {bridgeName}"),
            $"link set {bridgeName} up",
        ]);
    }

    /// <summary>Moves an interface, with its name, to another host. It loses its addresses and is down there.</summary>
    public void MoveInterface(string interfaceName, LabHost destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Configure($"link set {interfaceName} netns {destination.Namespace}");
    }

    /// <summary>Sets one of this host's own kernel parameters, named as by sysctl ("net.ipv4.ip_forward").</summary>
    /// <exception cref="LabException">The kernel has no such parameter, or refused the value.</exception>
    public void SetSysctl(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!key.StartsWith("net.", StringComparison.Ordinal))
        {
            throw new LabException($"'{key}' is the whole machine's: a lab sets nothing outside net.*");
        }

        // Under /proc/sys/net a thread sees its own namespace's values.
        string path = "/proc/sys/" + key.Replace('.', '/');
        Enter(() => WriteParameter(path, value));
    }

    /// <summary>Whether the host passes packets on from one interface to another.</summary>
    public void SetForwarding(bool forwards) => SetSysctl("net.ipv4.ip_forward", forwards ? "1" : "0");

    /// <summary>Turns what an interface may leave to "hardware" on or off: checksums, segmentation, merging.</summary>
    /// <remarks>Off, what the interface sends is complete: real checksums, nothing longer than the MTU.</remarks>
    public void SetOffloads(string interfaceName, bool on)
    {
        string state = on ? "on" : "off";
        Run("ethtool", ["-K", interfaceName, "tx", state, "sg", state, "tso", state, "gso", state, "gro", state])
            .EnsureSuccess();
    }

    /// <summary>Chooses the processors that handle what an interface receives (receive packet steering).</summary>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="mask">One bit per processor; 0 leaves it to the processor that the frame came in on.</param>
    public void SetReceiveProcessors(string interfaceName, ulong mask)
    {
        string text = mask.ToString("x", CultureInfo.InvariantCulture);
        Run("sh", ["-c", $"for q in /sys/class/net/{interfaceName}/queues/rx-*; do echo {text} > $q/rps_cpus; done"])
            .EnsureSuccess();
    }

    /// <summary>Replaces what the given text defines among this host's nftables rules.</summary>
    /// <param name="rules">As for <c>nft -f</c>.</param>
    /// <exception cref="LabException">nft is missing, or refused the rules.</exception>
    public void ApplyNft(string rules)
        => Run("nft", ["-f", "-"], options: new ProgramOptions { Input = rules }).EnsureSuccess();

    /// <summary>The link-layer address of an interface.</summary>
    public PhysicalAddress LinkAddress(string interfaceName)
    {
        using JsonDocument link = AskForLink(interfaceName);
        return PhysicalAddress.Parse(link.RootElement[0].GetProperty("address").GetString()!.Replace(':', '-'));
    }

    /// <summary>The number by which this host's kernel knows an interface.</summary>
    public int InterfaceIndex(string interfaceName)
    {
        using JsonDocument link = AskForLink(interfaceName);
        return link.RootElement[0].GetProperty("ifindex").GetInt32();
    }

    /// <summary>Runs a program here to its end.</summary>
    /// <param name="program">Found on the path.</param>
    /// <param name="arguments">As they are; no shell is involved.</param>
    /// <param name="timeout">When to give up and kill it; 30 seconds if null.</param>
    /// <param name="options">Environment, input, processors.</param>
    /// <returns>Its exit code and what it wrote, whether it succeeded or not.</returns>
    /// <exception cref="LabException">It is not installed, or did not end in time.</exception>
    public ProgramResult Run(
        string program,
        IEnumerable<string> arguments,
        TimeSpan? timeout = null,
        ProgramOptions? options = null)
    {
        using RunningProgram running = Start(program, arguments, options);
        return running.WaitForExit(timeout ?? ToolPatience);
    }

    /// <summary>Starts a program here.</summary>
    /// <exception cref="LabException">It is not installed.</exception>
    public RunningProgram Start(string program, IEnumerable<string> arguments, ProgramOptions? options = null)
        => RunningProgram.Start(Namespace, program, arguments, options ?? ProgramOptions.Default);

    /// <summary>Runs a function as if on this host: the sockets it opens are this host's.</summary>
    /// <remarks>
    /// It runs on a thread of its own, and the caller waits. A socket belongs to the host where it was opened, so what
    /// the function returns works from any thread, asynchronously too. A task that the function starts runs elsewhere
    /// and would open its sockets there: open the sockets here, use them anywhere.
    /// </remarks>
    public T Enter<T>(Func<T> function) => NetworkNamespace.Enter(Namespace, function);

    /// <summary>Runs an action as if on this host; see <see cref="Enter{T}"/>.</summary>
    public void Enter(Action action) => Enter(() =>
    {
        action();
        return true;
    });

    /// <summary>Opens a socket on this host.</summary>
    public Socket CreateSocket(AddressFamily family, SocketType type, ProtocolType protocol)
        => Enter(() => new Socket(family, type, protocol));

    /// <summary>Opens a TCP/IPv4 socket on this host.</summary>
    public Socket CreateTcpSocket() => CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Opens a UDP/IPv4 socket on this host.</summary>
    public Socket CreateUdpSocket() => CreateSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <inheritdoc/>
    public override string ToString() => Namespace;

    internal void Create()
    {
        IpCommand.Run(null, $"netns add {Namespace}");
        Configure("link set lo up");
        Enter(() =>
        {
            // A kernel without IPv6 has nothing to turn off.
            foreach (string path in DisableIpv6.Where(File.Exists))
            {
                WriteParameter(path, "1");
            }

            // A new namespace may inherit what the machine does.
            WriteParameter("/proc/sys/net/ipv4/ip_forward", "0");
        });
    }

    private JsonDocument AskForLink(string interfaceName)
        => JsonDocument.Parse(IpCommand.Ask("-netns", Namespace, "-json", "link", "show", "dev", interfaceName));

    private static void WriteParameter(string path, string value)
    {
        try
        {
            File.WriteAllText(path, value);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"Cannot write '{value}' to {path}: {refused.Message}", refused);
        }
    }
}
