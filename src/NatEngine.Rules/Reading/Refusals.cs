using System.Collections.Generic;

namespace NatEngine.Rules.Reading;

/// <summary>The matches and targets of iptables that natengine knows by name and does not have, and why. Others are
/// not known at all.</summary>
internal static class Refusals
{
    private const string Local = "packets that go through have no local process or socket";
    private const string Untracked = "every packet is tracked";
    private const string HeaderOnly = "natengine looks at headers, not at what they carry";
    private const string Unchanged = "natengine does not change that field of packets";
    private const string IPv6 = "natengine translates IPv4";
    private const string KernelOnly = "it is about the kernel's own way of packets, which natengine's do not take";
    private const string NotBuilt = "natengine does not have it";

    internal static IReadOnlyDictionary<string, string> Matches { get; } = new Dictionary<string, string>
    {
        ["addrtype"] = "say the addresses with -s, -d or -m set",
        ["ah"] = NotBuilt,
        ["bpf"] = HeaderOnly,
        ["cgroup"] = Local,
        ["cluster"] = NotBuilt,
        ["connbytes"] = "rules are asked when a session opens, when nothing has been counted",
        ["connlabel"] = "sessions bear no labels",
        ["connmark"] = "sessions bear no mark; -m mark sees the packet's",
        ["cpu"] = KernelOnly,
        ["dccp"] = "natengine does not look into DCCP",
        ["devgroup"] = "say the interfaces",
        ["dscp"] = NotBuilt,
        ["dst"] = IPv6,
        ["ecn"] = NotBuilt,
        ["esp"] = NotBuilt,
        ["eui64"] = IPv6,
        ["frag"] = IPv6,
        ["hashlimit"] = "-m limit and -m connlimit are there, and subscribers.newSessionsPerSecond per host",
        ["hbh"] = IPv6,
        ["helper"] = "sessions have no helpers",
        ["hl"] = IPv6,
        ["icmp6"] = IPv6,
        ["icmpv6"] = IPv6,
        ["ipcomp"] = NotBuilt,
        ["ipv6header"] = IPv6,
        ["ipvs"] = KernelOnly,
        ["mh"] = IPv6,
        ["nfacct"] = KernelOnly,
        ["osf"] = HeaderOnly,
        ["owner"] = Local,
        ["physdev"] = KernelOnly,
        ["pkttype"] = "the engine's packets are all for the gateway itself",
        ["policy"] = KernelOnly,
        ["quota"] = "rules are asked when a session opens, and do not see its octets",
        ["rateest"] = NotBuilt,
        ["realm"] = KernelOnly,
        ["recent"] = "-m connlimit and subscribers.newSessionsPerSecond are there for those who come too often",
        ["rpfilter"] = "packets with a wrong source are dropped anyway, as NotInternal or NotOurs",
        ["rt"] = IPv6,
        ["socket"] = Local,
        ["string"] = HeaderOnly,
        ["tcpmss"] = "natengine does not look at TCP options",
        ["time"] = "load other rules at that time, with rules reload",
        ["tos"] = NotBuilt,
        ["u32"] = HeaderOnly,
    };

    internal static IReadOnlyDictionary<string, string> Targets { get; } = new Dictionary<string, string>
    {
        ["AUDIT"] = KernelOnly,
        ["CHECKSUM"] = Unchanged,
        ["CLASSIFY"] = KernelOnly,
        ["CLUSTERIP"] = KernelOnly,
        ["CONNMARK"] = "sessions bear no mark; MARK marks the packet that opens one",
        ["CONNSECMARK"] = KernelOnly,
        ["CT"] = Untracked,
        ["DNPT"] = IPv6,
        ["DSCP"] = Unchanged,
        ["ECN"] = Unchanged,
        ["HL"] = IPv6,
        ["HMARK"] = KernelOnly,
        ["IDLETIMER"] = KernelOnly,
        ["LED"] = KernelOnly,
        ["NFLOG"] = "LOG writes to natengine's log",
        ["NFQUEUE"] = KernelOnly,
        ["NOTRACK"] = Untracked,
        ["QUEUE"] = KernelOnly,
        ["RATEEST"] = NotBuilt,
        ["SECMARK"] = KernelOnly,
        ["SET"] = "lists come from files, and rules do not change them",
        ["SNPT"] = IPv6,
        ["SYNPROXY"] = NotBuilt,
        ["TCPMSS"] = Unchanged,
        ["TCPOPTSTRIP"] = Unchanged,
        ["TEE"] = NotBuilt,
        ["TOS"] = Unchanged,
        ["TPROXY"] = Local,
        ["TRACE"] = "natengine explain shows a packet's way through the rules",
        ["TTL"] = Unchanged,
        ["ULOG"] = "LOG writes to natengine's log",
    };
}
