using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Round trips of <c>ping</c> through an otherwise idle system.</summary>
/// <param name="duration">For how long to ping.</param>
internal sealed class PingMeasurement(TimeSpan duration) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "ping";

    // Far enough apart for a system that sleeps when it is idle to be asleep again.
    private const int IntervalMilliseconds = 5;
    private const int FewestPings = 20;

    private static readonly Figure Median = new(
        "ping-p50", "ping, idle, p50", "microseconds", Better.Lower, 1, "µs");

    private static readonly Figure Tail = new(
        "ping-p99", "ping, idle, p99", "microseconds", Better.Lower, 1, "µs");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [Median, Tail];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["ping"];

    private int Count => Math.Max(FewestPings, (int)(duration.TotalMilliseconds / IntervalMilliseconds));

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => true;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        Testbed testbed = turn.Testbed;
        Observation observation = Observation.Start(testbed.Cores);
        string interval = (IntervalMilliseconds / 1000.0).ToString(CultureInfo.InvariantCulture);
        ProgramResult ping = testbed.Inside.Run(
            "ping",
            ["-n", "-i", interval, "-c", Count.ToString(CultureInfo.InvariantCulture), "-W", "1", $"{Testbed.Target}"],
            duration + TimeSpan.FromSeconds(10),
            new ProgramOptions { Processors = CorePlacement.List(testbed.Cores.Generator) });
        double[] times = [.. PingOutput.RoundTrips(ping.Output)];
        if (times.Length == 0)
        {
            throw new MeasurementException($"{ping.CommandLine}: no answer.\n{ping.Output}{ping.Error}".TrimEnd());
        }

        Array.Sort(times);
        Dictionary<string, double> details = new()
        {
            ["pings"] = Count,
            ["lost"] = Count - times.Length,
            ["lowestMicroseconds"] = times[0],
            ["highestMicroseconds"] = times[^1],
        };
        List<string> remarks = [];
        observation.Report(details, remarks);
        return new Outcome(
        [
            new Reading(Median, Percentiles.OfSorted(times, 50), details, remarks),
            new Reading(Tail, Percentiles.OfSorted(times, 99), details, remarks),
        ]);
    }
}
