using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Tests.Results;

/// <summary>Results to test with.</summary>
internal static class Examples
{
    public static readonly Figure Rate = new("rate", "Rate of things", "things per second", Better.Higher, 1e6, "M/s");

    public static readonly Figure Delay = new("delay", "Delay", "microseconds", Better.Lower, 1, "µs");

    public static Sample Sample(string system, int repeat, double value, Figure? figure = null, params string[] remarks)
        => new(system, repeat, (figure ?? Rate).Name, value, new Dictionary<string, double> { ["lost"] = 3 }, remarks);

    public static ComparisonResult Result(
        IReadOnlyList<Sample> samples,
        bool complete = true,
        string? baseline = "netfilter",
        params Failure[] failures)
    {
        Figure[] figures = [Rate, Delay];
        return new ComparisonResult
        {
            Command = "compare",
            Seed = 1,
            Started = new DateTimeOffset(2000, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Written = new DateTimeOffset(2000, 1, 2, 3, 5, 0, TimeSpan.Zero),
            Complete = complete,
            Machine = new MachineDescription(
                "A processor", 2, true, "unknown", 8L << 30, "6.1", "Debian", ".NET 10", "0123456789ab", "iperf 3",
                "tx-checksumming on", 0.25,
                new Dictionary<string, string> { ["net.netfilter.nf_conntrack_max"] = "262144" }),
            Options = new Dictionary<string, string> { ["repeats"] = "3", ["natengine-options"] = "" },
            Systems =
            [
                new SystemDescription("natengine", "natengine", ["--ring", "v3"]),
                new SystemDescription("netfilter", "netfilter", []),
            ],
            Baseline = baseline,
            Figures = figures,
            Samples = samples,
            Failures = failures,
            Summaries = Summarizing.Summarize(samples, figures, baseline),
        };
    }
}
