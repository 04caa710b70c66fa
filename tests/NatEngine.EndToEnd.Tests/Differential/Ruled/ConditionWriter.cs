using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>Writes what rules ask.</summary>
internal sealed class ConditionWriter(Random random)
{
    /// <summary>Conditions of a rule in a chain, and the protocol that they ask for, if any.</summary>
    public (string Words, string Protocol) Write(string chain)
    {
        string protocol = random.Next(3) == 0 ? string.Empty : Pick("tcp", "udp", "icmp");
        List<string> words = [];
        Maybe(words, 5, () => $"-s {Pick("100.64.0.0/16", "100.64.0.10/32", "100.64.32.0/20", "198.51.100.0/24")}");
        Maybe(words, 5, () => $"-d {Pick("100.64.0.0/16", "198.51.100.0/30", "203.0.113.1/32", "100.64.0.11/32")}");
        if (chain is not ("POSTROUTING" or "leave"))
        {
            Maybe(words, 3, () => $"-i {Pick("lan0", "wan0", "lan+")}");
        }

        if (chain is not ("PREROUTING" or "publish" or "POSTROUTING" or "leave"))
        {
            Maybe(words, 4, () => $"-o {Pick("lan0", "wan0", "wan+")}");
        }

        if (protocol.Length > 0)
        {
            words.Add($"{(protocol == "icmp" && random.Next(4) == 0 ? "! " : "")}-p {protocol}");
        }

        bool negated = words.Count > 0 && words[^1].StartsWith('!');
        string asked = negated ? string.Empty : protocol;
        List<string> modules = Modules(asked, chain);
        return ($" {string.Join(' ', words.Concat(modules))}", asked);
    }

    // In any order: what keeps count notices who was asked before.
    private List<string> Modules(string protocol, string chain)
    {
        List<string> modules = [];
        if (protocol is "tcp" or "udp")
        {
            Maybe(modules, 2, () => $"-m {protocol} {Not()}--{Pick("dport", "sport")} {Ports()}");
            Maybe(modules, 5, () => $"-m multiport {Not()}--{Pick("dports", "ports", "sports")} 22,53,80:443");
        }

        if (protocol == "tcp")
        {
            Maybe(modules, 6, () => $"-m tcp {Not()}--tcp-flags FIN,SYN,RST,ACK {Pick("SYN", "ACK", "SYN,ACK")}");
        }

        if (protocol == "icmp")
        {
            Maybe(modules, 3, () => $"-m icmp {Not()}--icmp-type {Pick("8", "0", "3/1", "3")}");
        }

        Maybe(modules, 8, () => $"-m iprange {Not()}--{Pick("src", "dst")}-range 100.64.0.11-198.51.100.2");
        if (chain is not ("POSTROUTING" or "leave"))
        {
            Maybe(modules, 8, () => $"-m mac {Not()}--mac-source {Station()}");
        }

        Maybe(modules, 10, () => $"-m ttl --ttl-{Pick("lt", "gt", "eq")} {random.Next(61, 66)}");
        Maybe(modules, 10, () => $"-m statistic --mode nth --every {random.Next(2, 5)} --packet {random.Next(2)}");
        Maybe(modules, 10, () => $"-m limit --limit 1/hour --limit-burst {random.Next(1, 5)}");
        if (chain is "FORWARD" or "first" or "second")
        {
            Maybe(modules, 3, () => $"-m {Pick("conntrack --ctstate", "state --state")} {States()}");
            Maybe(modules, 10, () => $"-m conntrack {Not()}--ctstate {Pick("DNAT", "SNAT", "SNAT,DNAT")}");
            Maybe(modules, 12, () => $"-m conntrack --ctdir {Pick("ORIGINAL", "REPLY")}");
            Maybe(modules, 10, () => $"-m length {Not()}--length {Pick("0:40", "41:100", "35:35")}");
        }

        string[] shuffled = [.. modules];
        random.Shuffle(shuffled);
        modules = [.. shuffled];

        // Of new sessions, as its manual uses it; see RuleCase.CountsSessions.
        Maybe(modules, 90, () => "-m conntrack --ctstate NEW -m connlimit "
            + $"--connlimit-{Pick("above", "upto")} {random.Next(1, 4)} "
            + $"--connlimit-mask {Pick("32", "16", "0")} --connlimit-{Pick("saddr", "daddr")}");
        return modules;
    }

    private string States() => Pick(
        "NEW", "ESTABLISHED", "RELATED", "RELATED,ESTABLISHED", "NEW,ESTABLISHED", "NEW,RELATED");

    private string Ports() => Pick("80", "53", "1024:65535", "9000:9009", ":443");

    private string Station() => Link.Text(Link.StationOf((Place)random.Next(3)));

    private string Not() => random.Next(4) == 0 ? "! " : string.Empty;

    private void Maybe(List<string> words, int oneIn, Func<string> word)
    {
        if (random.Next(oneIn) == 0)
        {
            words.Add(word());
        }
    }

    private string Pick(params string[] words) => words[random.Next(words.Length)];
}
