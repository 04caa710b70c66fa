using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Ports;

/// <summary>Watches existing connections before, while and after newcomers storm the system.</summary>
internal sealed class Storm(Tester tester, int[] old, int[] newcomers)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);

    /// <summary>Frames per second of the old connections, both directions together.</summary>
    public required double OldRate { get; init; }

    /// <summary>Newcomers per second. More than can be sent is as many as can be.</summary>
    public required double NewcomerRate { get; init; }

    /// <summary>How many newcomers there are altogether; null for as many as the rate makes in the time.</summary>
    public long? Newcomers { get; init; }

    /// <summary>What newcomers are: <see cref="FrameKind.Newcomer"/> from inside, or strangers from outside.</summary>
    public FrameKind Kind { get; init; } = FrameKind.Newcomer;

    /// <summary>How long they keep trying.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long the old connections are watched before and after.</summary>
    public required TimeSpan Calm { get; init; }

    /// <summary>Carries it out.</summary>
    public StormResult Run()
    {
        List<(double Seconds, double Arrived)> series = [];
        PhaseResult before = Watch(Calm, stormed: false, 0, series);
        int intervals = series.Count;
        int known = tester.Table.Count;
        PhaseResult during = Watch(Duration, stormed: true, Calm.TotalSeconds, series);
        int admitted = tester.Table.Count - known;
        PhaseResult after = Watch(Calm, stormed: false, (Calm + Duration).TotalSeconds, series);
        double mean = series.Take(intervals).Select(point => point.Arrived).DefaultIfEmpty(1).Average();
        return new StormResult(
            before,
            during,
            after,
            [.. series.Select(point => (point.Seconds, 100 * point.Arrived / Math.Max(mean, 1)))],
            admitted);
    }

    private PhaseResult Watch(
        TimeSpan duration, bool stormed, double from, List<(double Seconds, double Arrived)> series)
    {
        ArrivalLog log = new(Interval, duration);
        List<StreamPlan> inside = [Old(FrameKind.Outbound, duration)];
        List<StreamPlan> outside = [Old(FrameKind.Inbound, duration)];
        if (stormed)
        {
            StreamPlan coming = StreamPlan.For(Kind, NewcomerRate, duration, newcomers);
            (Kind == FrameKind.Stranger ? outside : inside).Add(
                coming with { Frames = Newcomers ?? coming.Frames });
        }

        PhaseResult result = tester.Run(new Phase
        {
            Inside = inside,
            Outside = outside,
            Timeout = Timeout,
            Arrivals = log,
        });
        for (int i = 1; i < log.Arrived.Length; i++)
        {
            series.Add((from + (i * Interval.TotalSeconds), log.Arrived[i] - log.Arrived[i - 1]));
        }

        return result;
    }

    private StreamPlan Old(FrameKind kind, TimeSpan duration)
        => StreamPlan.For(kind, OldRate / 2, duration, old) with { Timed = true };
}
