using System;
using System.Linq;
using CsCheck;

namespace NatEngine.Translation.Tests.Explaining;

/// <summary>Rules by chance, of the kinds of which some fit the traffic of these tests and some do not.</summary>
internal static class GeneratedRules
{
    private static readonly Gen<string> Match = OneOf(
        "", "", "-i lan0", "-i wan0", "! -i wan0", "-s 100.64.0.2/32", "! -s 100.64.0.0/30", "-d 198.51.100.7/32",
        "-p udp", "-p udp -m udp --dport 53", "-p tcp -m tcp --dport 54", "-p tcp -m tcp --syn",
        "-p tcp -m tcp --tcp-flags SYN,RST SYN", "-p icmp -m icmp --icmp-type 8",
        "-p udp -m multiport --dports 53,4003",
        "-m state --state NEW", "-m conntrack --ctstate NEW,DNAT", "-m conntrack --ctorigsrcport 4001",
        "-m limit --limit 1/min --limit-burst 2", "-m statistic --mode nth --every 3 --packet 1",
        "-m connlimit --connlimit-above 2 --connlimit-mask 32", "-m length --length 40:60", "-m mark --mark 0x1",
        "-m ttl --ttl-gt 10", "-m set --match-set blocked dst", "-m iprange --dst-range 198.51.100.8-198.51.100.9",
        "-m statistic --mode random --probability 0.5");

    private static readonly Gen<string> Matches =
        Gen.Select(Match, OneOf("", "", "-m comment --comment \"two words\"", "-m state --state NEW"))
            .Select(pair => $"{pair.Item1} {pair.Item2}");

    private static readonly Gen<string> Forward = Rule("FORWARD", OneOf(
        "-j ACCEPT", "-j ACCEPT", "-j DROP", "-j LAN", "-g LAN", "-j RETURN", "-j LOG",
        "-j MARK --set-xmark 0x1/0x1", "",
        "-j REJECT --reject-with icmp-port-unreachable"));

    private static readonly Gen<string> Lan = Rule("LAN", OneOf(
        "-j ACCEPT", "-j RETURN", "-j DROP", "-j LOG --log-prefix \"lan \"", "-j MARK --set-xmark 0x1/0xffffffff", ""));

    private static readonly Gen<string> Prerouting = Rule("PREROUTING", OneOf(
        "-p tcp -j DNAT --to-destination 100.64.0.2:4000", "-p udp -j DNAT --to-destination 100.64.0.3-100.64.0.4",
        "-p udp -j DNAT --to-destination :4000-4002", "-j ACCEPT", "-j RETURN", "-j EARLY",
        "-p udp -j DNAT --to-destination 100.64.0.2:4000-4003 --random"));

    private static readonly Gen<string> Early = Rule("EARLY", OneOf(
        "-j RETURN", "-j ACCEPT", "-p tcp -j DNAT --to-destination 100.64.0.4:4001"));

    // What takes ports out of others' blocks is refused, so only what every pool can give.
    private static readonly Gen<string> Postrouting = Rule("POSTROUTING", OneOf(
        "-j MASQUERADE", "-j MASQUERADE", "-j ACCEPT", "-j RETURN"))
        .Select(rule => rule.Replace("-i ", "-o ", StringComparison.Ordinal));

    /// <summary>The lines of table nat and those of table filter.</summary>
    public static Gen<(string Nat, string Filter)> Any { get; } = Gen.Select(
        Prerouting.Array[0, 3], Early.Array[0, 2], Postrouting.Array[0, 3], Forward.Array[0, 5], Lan.Array[0, 3],
        OneOf("ACCEPT", "ACCEPT", "DROP"))
        .Select((before, early, after, forward, lan, policy) => (
            Lines([":EARLY - [0:0]", .. before, .. early, .. after]),
            Lines([$":FORWARD {policy} [0:0]", ":LAN - [0:0]", .. forward, .. lan])));

    private static Gen<string> OneOf(params string[] choices)
        => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static Gen<string> Rule(string chain, Gen<string> target)
        => Gen.Select(Matches, target).Select(pair => $"-A {chain} {Together(pair.Item1, pair.Item2)}");

    // iptables takes one protocol of a rule, and before the matches that need it.
    private static string Together(string matches, string target)
    {
        if (!target.StartsWith("-p ", StringComparison.Ordinal))
        {
            return $"{matches} {target}";
        }

        string[] parts = target.Split(" -j ");
        bool hasOne = matches.Contains("-p ", StringComparison.Ordinal);
        return $"{parts[0]} {(hasOne ? "" : matches)} -j {parts[1]}";
    }

    private static string Lines(string[] lines) => string.Join('\n', lines.Select(line => line.Trim()));
}
