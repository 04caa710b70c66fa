using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Tests.Reports;

/// <summary>A result in which everything that the lecture's page shows was measured, thrice. The values are made up, of
/// the shape that one meets.</summary>
internal static class LectureExample
{
    private const int Repeats = 3;

    private static readonly (string Name, string Kind, double Speed)[] Systems =
        [("natengine", "natengine", 1), ("natengine:symmetric", "natengine", 0.95), ("netfilter", "netfilter", 0.6)];

    private static readonly Figure[] Figures =
    [
        new("udp-200-pps", "64-byte UDP, 200 flows", "packets per second", Better.Higher, 1e6, "M/s"),
        new("connection-rate", "new connections (RFC 9693)", "connections per second", Better.Higher, 1e3, "k/s"),
        new("ports-sessions-default", "sessions on one address", "sessions", Better.Higher, 1, "sessions"),
        new("ports-old-goodput", "old sessions' goodput at exhaustion", "percent", Better.Higher, 1, "%"),
        new("clients-web-knee", "clients, web: knee", "clients", Better.Higher, 1, "clients"),
        new("ping-p50", "ping, idle, p50", "microseconds", Better.Lower, 1, "µs"),
    ];

    private static readonly double[] Ladder = [1, 10, 20, 30, 60, 100, 200, 500, 1000];

    /// <summary>The result.</summary>
    public static ComparisonResult Create()
    {
        List<Sample> samples = [];
        List<CurveSample> curves = [];
        for (int repeat = 1; repeat <= Repeats; repeat++)
        {
            double mood = 1 + (0.04 * (repeat - 2));
            samples.Add(Value(Summarizing.Ceiling, repeat, 0, 1.1e6 * mood));
            foreach ((string name, _, double speed) in Systems)
            {
                double[] values =
                [
                    0.8e6 * speed * mood, 210e3 * speed * mood, 64_512, 97 * speed, Math.Round(200 * speed),
                    140 / speed / mood,
                ];
                samples.AddRange(values.Select((value, figure) => Value(name, repeat, figure, value)));
                curves.AddRange(Curves(name, speed * mood).Select(curve => new CurveSample(name, repeat, curve)));
            }
        }

        return new ComparisonResult
        {
            Command = "compare",
            Seed = 1,
            Started = new DateTimeOffset(2000, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Written = new DateTimeOffset(2000, 1, 2, 3, 9, 35, TimeSpan.Zero),
            Complete = true,
            Machine = new MachineDescription(
                "A processor @ 2.00GHz", 4, false, "performance", 16L << 30, "6.1.0-18-amd64", "Debian 12", ".NET 10",
                "0123456789ab", "iperf 3.12", "tx-checksumming on", 0.08,
                new Dictionary<string, string> { ["net.netfilter.nf_conntrack_max"] = "262144" }),
            Options = new Dictionary<string, string>
            {
                ["systems"] = string.Join(',', Systems.Select(system => system.Name)),
                ["repeats"] = "3",
                ["natengine-options"] = "",
            },
            Systems = [.. Systems.Select(system => new SystemDescription(system.Name, system.Kind, []))],
            Baseline = "netfilter",
            Figures = Figures,
            Samples = samples,
            Failures = [],
            Summaries = Summarizing.Summarize(samples, Figures, "netfilter"),
            Curves = curves,
            CurveSummaries = CurveSummarizing.Summarize(curves),
            Findings =
            [
                new Finding("natengine", 3, "clients-web", "From 200 clients on its processor is 97 % busy."),
                new Finding("netfilter", 3, "clients-web", "From 120 clients on its processor is 99 % busy."),
            ],
        };
    }

    private static Sample Value(string system, int repeat, int figure, double value) => new(
        system, repeat, Figures[figure].Name, value, new Dictionary<string, double> { ["stealPercent"] = 0 }, []);

    private static IEnumerable<Curve> Curves(string system, double speed)
    {
        bool overloads = system == "natengine:symmetric";
        yield return Of(
            "ports-sessions", "sessions on one address, against those attempted",
            new Axis("connections attempted", "connections"), new Axis("sessions", "sessions"),
            Enumerable.Range(0, 33).Select(step => step * 2_500.0),
            attempted => overloads ? attempted : Math.Min(64_512, attempted)) with
        {
            Marks = [new CurveMark(64_512, "ports of one address")],
        };
        yield return Of(
            "ports-old-goodput", "goodput of the old sessions while newcomers are refused",
            new Axis("time", "seconds"), new Axis("of before", "percent"),
            Enumerable.Range(0, 21).Select(step => step * 0.5),
            time => time is > 3 and < 7 ? Math.Min(100, 97 * speed * (speed < 0.8 ? 0.3 : 1)) : 100) with
        {
            Marks = [new CurveMark(3, "ports used up")],
        };
        CurveMark[] knee = [new(Math.Round(200 * speed), "knee")];
        yield return Of(
            "clients-web-page-time", "web: time of a page, median", new Axis("clients", "clients", Logarithmic: true),
            new Axis("time of a page", "seconds", Logarithmic: true), Ladder,
            clients => (0.012 + (Math.Max(0, clients - (200 * speed)) * 0.004)) / speed) with
        { Marks = knee };
        yield return Of(
            "clients-web-throughput", "web: throughput", new Axis("clients", "clients", Logarithmic: true),
            new Axis("throughput", "bits per second"), Ladder,
            clients => Math.Min(clients, 220 * speed) * 2.1e6) with
        { Marks = knee };
    }

    private static Curve Of(
        string name, string title, Axis x, Axis y, IEnumerable<double> places, Func<double, double> value) => new()
        {
            Name = name,
            Title = title,
            X = x,
            Y = y,
            Points = [.. places.Select(place => new CurvePoint(place, value(place)))],
        };
}
