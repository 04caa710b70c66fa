using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Rules;

/// <summary>The protocols that iptables-save writes with a name (xtables.c, xtables_chain_protos, and the usual
/// /etc/protocols). They are known here whether or not the machine has that file.</summary>
public static class ProtocolNames
{
    private static readonly Dictionary<string, byte> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["icmp"] = 1,
        ["igmp"] = 2,
        ["ipencap"] = 4,
        ["tcp"] = 6,
        ["udp"] = 17,
        ["dccp"] = 33,
        ["ipv6"] = 41,
        ["gre"] = 47,
        ["esp"] = 50,
        ["ah"] = 51,
        ["ipv6-icmp"] = 58,
        ["ospf"] = 89,
        ["pim"] = 103,
        ["vrrp"] = 112,
        ["l2tp"] = 115,
        ["sctp"] = 132,
        ["mobility-header"] = 135,
        ["udplite"] = 136,
    };

    // Other names for the same, which are read and not written.
    private static readonly Dictionary<string, byte> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ip-in-ip"] = 4,
        ["ipip"] = 4,
        ["icmpv6"] = 58,
        ["mh"] = 135,
        ["ipv6-mh"] = 135,
    };

    private static readonly Dictionary<byte, string> Names = Numbers.ToDictionary(entry => entry.Value, e => e.Key);

    /// <summary>The name of a protocol; its number if it has none here.</summary>
    public static string NameOf(IpProtocol protocol)
        => Names.GetValueOrDefault((byte)protocol) ?? ((byte)protocol).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a name or a number. 0 and <c>all</c> are any protocol: <see cref="IpProtocol.None"/>.</summary>
    /// <returns>False if it is neither.</returns>
    public static bool TryParse(string text, out IpProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(text);
        protocol = IpProtocol.None;
        if (text.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        bool known = byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
            || Numbers.TryGetValue(text, out number)
            || Aliases.TryGetValue(text, out number);
        protocol = (IpProtocol)number;
        return known;
    }
}
