using System;
using System.Collections.Generic;
using System.Diagnostics;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How fast the system forgets connections when it is told to forget all (RFC 9693 section 4.8).</summary>
internal sealed class TeardownMeasurement(TesterSettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "teardown";

    private static readonly Figure Rate = new(
        "teardown-rate", "connections forgotten", "connections per second", Better.Higher, 1e3, "k/s");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } = [Rate];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => system.Translates;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        int connections = settings.Connections[0];
        using TesterBench bench = TesterBench.Open(turn, settings.SpaceOf(connections, turn.Seed));
        bench.Forget();
        TimeSpan empty = TimeToForget(bench);
        Warming.Establish(bench, FlowOrder.Shuffled(connections, turn.Seed));
        long? held = turn.System.Read().Sessions;
        TimeSpan full = TimeToForget(bench);
        Dictionary<string, double> details = new()
        {
            ["connections"] = connections,
            ["seconds"] = full.TotalSeconds,
            ["secondsWithNothingToForget"] = empty.TotalSeconds,
        };
        List<string> remarks = [];
        if (held is { } sessions)
        {
            details["sessionsHeld"] = sessions;
        }

        if (full < 2 * empty)
        {
            remarks.Add("most of the time is the asking program's own start: a lower bound");
        }

        return new Outcome([new Reading(Rate, connections / full.TotalSeconds, details, remarks)]);
    }

    // Until it has forgotten: what the system says it holds is asked for afterwards, and is part of no time.
    private static TimeSpan TimeToForget(TesterBench bench)
    {
        long start = Stopwatch.GetTimestamp();
        bench.System.ResetState();
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        bench.Forget();
        return taken;
    }
}
