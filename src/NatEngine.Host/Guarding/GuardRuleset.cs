using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Guarding;

/// <summary>Writes the guard in nft's language, of which <see cref="GuardProgram"/> is the translation.</summary>
/// <remarks>
/// <para>The hook is netdev ingress: behind the tap that the engine's rings are fed from, in front of the kernel's IP
/// stack. What is dropped there has already reached the engine; the kernel would otherwise process it a second time,
/// answer inbound segments with RST, or forward packets that nobody translated.</para>
/// <para>Both interfaces carry the same rules:</para>
/// <list type="number">
/// <item>A frame for another station, broadcast or multicast passes. The kernel forwards none of them, and the host may
/// want them (DHCP, mDNS). ARP, IPv6 and all else that is not IPv4 matches no rule, and passes.</item>
/// <item>A frame with a VLAN tag passes: it is another interface's, and the engine's rings do not take it. The kernel
/// has taken the tag out by now, and the rules below would see an ordinary packet.</item>
/// <item>A packet that is not for one of the host's own addresses is the engine's, whichever way it goes; from outside,
/// the internal interface's addresses are not for anybody. This is also
/// what keeps the kernel, should <c>net.ipv4.ip_forward</c> be on, from routing a stranger's packet around the NAT.
/// </item>
/// <item>In shared mode the host's external address is the engine's too, in TCP and UDP, for the ports that it gives
/// out or publishes. Other ports and protocols stay the host's. That leaves ICMP to both: the kernel finds no socket
/// for an echo reply or an ICMP error that concerns a translated session, and ignores it (icmp(7), ping_rcv and the
/// err_handler of each protocol).</item>
/// <item>In shared mode, if other protocols are translated, those are the engine's as well: the kernel would tell the
/// other end of each tunnel that there is no such protocol here.</item>
/// </list>
/// </remarks>
internal static class GuardRuleset
{
    private const string Indent = "    ";

    /// <summary>The protocols that stay the host's where others are translated: ICMP, TCP, UDP, and those that are
    /// never translated: DCCP, AH, UDP-Lite.</summary>
    internal static readonly IReadOnlyList<int> HostProtocols = [1, 6, 17, 33, 51, 136];

    /// <summary>One transaction that puts the guard in place of whatever table stood there.</summary>
    internal static string Install(GuardPlan plan)
    {
        StringBuilder text = new();
        AppendTable(text, plan, plan.InternalInterface, plan.InternalHostAddresses);
        AppendTable(text, plan, plan.ExternalInterface, plan.ExternalHostAddresses);
        return text.ToString();
    }

    /// <summary>One transaction that removes the guard of interfaces; no error if there is none.</summary>
    internal static string Remove(IEnumerable<string> interfaces)
    {
        StringBuilder text = new();
        foreach (string name in interfaces)
        {
            AppendRemoval(text, GuardTable.NameOf(name));
        }

        return text.ToString();
    }

    private static void AppendTable(
        StringBuilder text, GuardPlan plan, string interfaceName, IReadOnlyList<IPv4Address> hostAddresses)
    {
        string table = GuardTable.NameOf(interfaceName);
        AppendRemoval(text, table);
        text.Append(CultureInfo.InvariantCulture, $"table netdev {table} {{\n");
        text.Append(Indent).Append("comment \"natengine: drops what the engine handles\"\n");
        text.Append(Indent).Append("chain ingress {\n");
        AppendRule(
            text,
            $"type filter hook ingress device \"{interfaceName}\" priority 0; policy accept;");
        foreach (string rule in Rules(plan, hostAddresses))
        {
            AppendRule(text, rule);
        }

        text.Append(Indent).Append("}\n}\n");
    }

    // `delete table` alone fails when there is none; made first, it is always there to delete.
    private static void AppendRemoval(StringBuilder text, string table)
        => text.Append(CultureInfo.InvariantCulture, $"table netdev {table}\ndelete table netdev {table}\n");

    /// <summary>The rules of one interface, in their order; those that drop say <c>counter</c>.</summary>
    internal static IEnumerable<string> Rules(GuardPlan plan, IReadOnlyList<IPv4Address> hostAddresses)
    {
        yield return "meta pkttype != host accept";
        yield return "ether type { 8021q, 8021ad } accept";
        yield return hostAddresses.Count == 0
            ? "meta protocol ip counter drop"
            : $"ip daddr != {{ {string.Join(", ", hostAddresses.Order())} }} counter drop";
        if (plan.SharedAddress is IPv4Address shared)
        {
            foreach ((string protocol, IReadOnlyList<PortRange> ports) in
                new[] { ("tcp", plan.TcpPorts), ("udp", plan.UdpPorts) })
            {
                if (ports.Count > 0)
                {
                    yield return $"ip daddr {shared} {protocol} dport {{ {PortSet(ports)} }} counter drop";
                }
            }

            if (plan.OtherProtocols)
            {
                yield return $"ip daddr {shared} ip protocol != {{ {string.Join(", ", HostProtocols)} }} counter drop";
            }
        }
    }

    private static string PortSet(IReadOnlyList<PortRange> ports)
        => string.Join(", ", ports.Select(range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));

    private static void AppendRule(StringBuilder text, string rule)
        => text.Append(Indent).Append(Indent).Append(rule).Append('\n');
}
