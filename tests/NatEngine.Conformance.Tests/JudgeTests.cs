using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Conformance.Probes;
using NatEngine.Conformance.Systems;

namespace NatEngine.Conformance.Tests;

/// <summary>The judge is judged: NATs that are known to be wrong are found to be, and in nothing else.</summary>
public sealed class JudgeTests
{
    // What errors and fragments do not survive.
    private const string WithoutErrors = """
        table ip nat {
            chain postrouting {
                type nat hook postrouting priority srcnat
                oifname wan0 masquerade
            }
        }
        table ip filter {
            chain forward {
                type filter hook forward priority filter; policy drop
                icmp type { destination-unreachable, time-exceeded } drop
                ct state established,related accept
                iifname lan0 accept
            }
        }
        """;

    // Everybody outside may send to what one inside host has opened: what is filtered is not what is claimed.
    private const string WithoutFilter = """
        table ip nat {
            chain prerouting {
                type nat hook prerouting priority dstnat
                iifname wan0 udp dport 10000-31999 dnat to 100.64.16.2
            }
            chain postrouting {
                type nat hook postrouting priority srcnat
                oifname wan0 masquerade
            }
        }
        """;

    private static readonly Dictionary<string, int> TooShort = new()
    {
        ["udp_timeout"] = 1,
        ["udp_timeout_stream"] = 1,
        ["icmp_timeout"] = 1,
        ["tcp_timeout_established"] = 1,
        ["tcp_timeout_syn_sent"] = 1,
    };

    [RootFact]
    public void Masquerade_fails_where_it_is_known_to()
    {
        string[] wrong =
        [
            "4787 REQ-1", "4787 REQ-3", "4787 REQ-4", "4787 REQ-9", "4787 REQ-9a", "4787 REQ-11", "5382 REQ-1",
            "5382 REQ-4", "5382 REQ-7", "5382 REQ-8", "5382 REQ-8a", "5508 REQ-1a", "5508 REQ-3a", "5508 REQ-7",
            "7857 section 9",
        ];
        string[] right =
        [
            "4787 REQ-8", "4787 REQ-10", "4787 REQ-12", "4787 REQ-12a", "4787 REQ-12b", "4787 REQ-13", "4787 REQ-13a",
            "4787 REQ-14", "5382 REQ-2", "5382 REQ-2a", "5382 REQ-3", "5382 REQ-6", "5382 REQ-9", "5382 REQ-10",
            "5508 REQ-1", "5508 REQ-3", "5508 REQ-3b", "5508 REQ-3c", "5508 REQ-3d", "5508 REQ-4", "5508 REQ-5",
            "5508 REQ-10a",
        ];
        AssertVerdicts(new NetfilterSystem(new Contract()), wrong, right);
    }

    [RootFact]
    public void Masquerade_tells_nobody_that_it_has_no_port_left()
        => AssertVerdicts(
            new NetfilterSystem(new Contract()), ["5508 REQ-8"], ["4787 REQ-14a", "6888 REQ-11"], Arrangement.FewPorts);

    [RootFact]
    public void A_firewall_without_icmp_is_found()
        => AssertVerdicts(
            new NetfilterSystem(new Contract(), WithoutErrors),
            ["4787 REQ-12a", "4787 REQ-12b", "5382 REQ-9", "5508 REQ-4", "5508 REQ-5", "5508 REQ-10a"],
            ["4787 REQ-12", "4787 REQ-14", "5508 REQ-1"]);

    [RootFact]
    public void Timers_that_run_out_too_early_are_found()
        => AssertVerdicts(
            new NetfilterSystem(new Contract(), null, TooShort),
            ["4787 REQ-5", "4787 REQ-5c", "5382 REQ-5", "5508 REQ-2"],
            ["4787 REQ-5b", "5508 REQ-2a"],
            Arrangement.ShortTimers);

    [RootFact]
    public void Timers_that_cannot_be_set_are_found()
        => AssertVerdicts(
            new NetfilterSystem(new Contract(), null, new Dictionary<string, int>()),
            ["4787 REQ-5b", "5382 REQ-5a", "5508 REQ-2a", "5508 REQ-6"],
            ["4787 REQ-5", "4787 REQ-6", "5508 REQ-2"],
            Arrangement.ShortTimers);

    [RootFact]
    public void Strangers_that_come_in_are_found()
    {
        Probe filtering = ProbeCatalog.All.Single(probe => probe.Name == "4787 REQ-8");

        // The one client of the one probe is the second host inside; the first is the fence's.
        Judgement judgement = Assert.Single(
            Selftest.Run([new NetfilterSystem(new Contract(), WithoutFilter)], [filtering]));

        Assert.Equal(
            new Finding(Verdict.Failed, "another port of a known host came in"), Assert.Single(judgement.Findings));
    }

    [RootFact]
    public void A_nat_that_does_not_start_is_no_verdict()
    {
        SelftestException error = Assert.Throws<SelftestException>(
            () => Selftest.Run([new NetfilterSystem(new Contract(), "nonsense")]));

        Assert.Contains("nft", error.Message, StringComparison.Ordinal);
    }

    private static void AssertVerdicts(
        NetfilterSystem system,
        IReadOnlyList<string> wrong,
        IReadOnlyList<string> right,
        Arrangement where = Arrangement.AsConfigured)
    {
        List<Probe> probes = [.. ProbeCatalog.All.Where(
            probe => probe.Where == where && (wrong.Contains(probe.Name) || right.Contains(probe.Name)))];
        ILookup<string, Finding> findings = Selftest.Run([system], probes)
            .ToLookup(judgement => $"{judgement.Rfc} {judgement.Requirement}", judgement => judgement.Findings[0]);

        Assert.All(wrong, name => Assert.Contains(findings[name], finding => finding.Verdict == Verdict.Failed));
        Assert.All(right, name => Assert.All(
            findings[name], finding => Assert.Equal((Verdict.Met, name), (finding.Verdict, name + Said(finding)))));
        Assert.All(wrong.Concat(right), name => Assert.NotEmpty(findings[name]));
    }

    private static string Said(Finding finding)
        => finding.Verdict == Verdict.Failed ? ": " + finding.Detail : string.Empty;
}
