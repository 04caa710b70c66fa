using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>Writes rules as people and iptables-save write them: any of what natengine has, in any order, the same for
/// the same seed.</summary>
internal sealed class RuleWriter(Random random)
{
    /// <summary>What load is shared between.</summary>
    public const string TwoServers = "100.64.0.10-100.64.0.11";

    /// <summary>What the gateway has outside.</summary>
    public static readonly IReadOnlyList<string> ExternalAddresses =
        ["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4"];

    /// <summary>Ports that services have, or seem to have.</summary>
    public static readonly IReadOnlyList<int> Services = [22, 53, 80, 443, 8080, 9000, 9004, 9009];

    private const int MostRules = 7;

    private readonly ConditionWriter _conditions = new(random);
    private readonly List<Choice> _choices = [];

    /// <summary>Rules for both tables.</summary>
    public RuleCase Write()
    {
        StringBuilder text = new();
        text.AppendLine("*nat").AppendLine(":PREROUTING ACCEPT [0:0]").AppendLine(":POSTROUTING ACCEPT [0:0]");
        text.AppendLine(":leave - [0:0]").AppendLine(":publish - [0:0]"); // in the order of iptables-save
        Add(text, "PREROUTING", random.Next(4), Destination, ["publish"]);
        Add(text, "publish", random.Next(3), Destination, []);
        Add(text, "POSTROUTING", random.Next(4), Source, ["leave"]);
        Add(text, "leave", random.Next(3), Source, []);
        text.AppendLine("COMMIT").AppendLine("*filter").AppendLine(":INPUT DROP [0:0]");
        text.AppendLine($":FORWARD {(random.Next(2) == 0 ? "ACCEPT" : "DROP")} [0:0]");
        text.AppendLine(":OUTPUT ACCEPT [0:0]");
        text.AppendLine(":first - [0:0]").AppendLine(":second - [0:0]");
        text.AppendLine($"-A FORWARD -s {Bench.WitnessAddress}/32 -j ACCEPT");
        text.AppendLine($"-A FORWARD -d {Bench.WitnessAddress}/32 -j ACCEPT");

        // What opens no session natengine never forwards; the kernel does, untranslated, unless a rule forbids it.
        text.AppendLine("-A FORWARD -m conntrack --ctstate INVALID -j DROP");
        Add(text, "FORWARD", 1 + random.Next(MostRules), Filter, ["first", "second"]);
        Add(text, "first", random.Next(MostRules), Filter, ["second"]);
        Add(text, "second", random.Next(MostRules), Filter, []);
        return new RuleCase(text.AppendLine("COMMIT").ToString(), [.. _choices]);
    }

    private void Add(
        StringBuilder text, string chain, int rules, Func<string, string> target, string[] callees)
    {
        for (int rule = 0; rule < rules; rule++)
        {
            bool jumps = callees.Length > 0 && random.Next(3) == 0;
            (string conditions, string protocol) = _conditions.Write(chain);
            string action = jumps
                ? $"{(random.Next(4) == 0 ? "-g" : "-j")} {callees[random.Next(callees.Length)]}"
                : target(protocol);
            text.AppendLine($"-A {chain}{conditions} {action}");
        }
    }

    private string Filter(string protocol) => random.Next(10) switch
    {
        0 or 1 => "-j DROP",
        2 => "-j REJECT --reject-with " + (protocol == "tcp" && random.Next(2) == 0 ? "tcp-reset" : Pick(
            "icmp-port-unreachable", "icmp-net-unreachable", "icmp-host-unreachable", "icmp-admin-prohibited",
            "icmp-host-prohibited", "icmp-net-prohibited", "icmp-proto-unreachable")),
        3 => "-j RETURN",
        4 => "-m comment --comment counted",
        _ => "-j ACCEPT",
    };

    private string Destination(string protocol) => random.Next(8) switch
    {
        0 => "-j RETURN",
        1 => "-j ACCEPT",
        2 => Spread($"-j DNAT --to-destination {TwoServers}", ["100.64.0.10", "100.64.0.11"]),
        3 when protocol is "tcp" or "udp" => "-j DNAT --to-destination 100.64.0.11:7000-7009/9000",
        4 when protocol is "tcp" or "udp" => Spread(
            "-j DNAT --to-destination 100.64.0.10:6000-6009 --random", ["100.64.0.10"], 6000, 6009),
        5 when protocol is "tcp" or "udp" => "-j DNAT --to-destination 100.64.0.10:9000-9005",
        6 when protocol is "tcp" or "udp" => "-j DNAT --to-destination 100.64.0.10:80",
        _ => $"-j DNAT --to-destination {Pick("100.64.0.10", "100.64.0.11", "100.64.16.5")}",
    };

    private string Source(string protocol) => random.Next(8) switch
    {
        0 => "-j RETURN",
        1 => "-j ACCEPT",
        2 => Spread(
            $"-j SNAT --to-source 203.0.113.2-203.0.113.4{Pick("", " --persistent")}", [.. ExternalAddresses.Skip(1)]),
        3 when protocol is "tcp" or "udp" => Spread(
            "-j SNAT --to-source 203.0.113.3:5000-5999", ["203.0.113.3"], 5000, 5999),
        4 => Spread("-j SNAT --to-source 203.0.113.4 --random-fully", ["203.0.113.4"], 0, ushort.MaxValue),
        5 => $"-j SNAT --to-source {Pick([.. ExternalAddresses])}",
        6 when protocol is "tcp" or "udp" => Spread(
            "-o wan0 -j MASQUERADE --to-ports 3000-3999", ["203.0.113.1"], 3000, 3999),

        // Towards the inside the kernel would give the inner interface's address, which natengine has not.
        _ => "-o wan0 -j MASQUERADE",
    };

    private string Spread(string target, string[] addresses, int firstPort = 0, int lastPort = 0)
    {
        _choices.Add(new Choice(addresses, lastPort == 0 ? 0 : Math.Max(firstPort, 1), lastPort));
        return target;
    }

    private string Pick(params string[] words) => words[random.Next(words.Length)];
}
