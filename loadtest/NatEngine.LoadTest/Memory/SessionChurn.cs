using System;
using System.Diagnostics;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Memory;

/// <summary>Opens sessions at a steady rate, each a datagram and its answer, and leaves it to the system to end them:
/// by its timers, as it ends a resolver's.</summary>
/// <remarks>A second's sessions go out at once and the rest of the second is slept, so that the tester, which never
/// sleeps while it sends, leaves the machine alone for hours.</remarks>
internal sealed class SessionChurn(TesterBench bench, int rate)
{
    private const double BurstRate = 50_000;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private int _next;

    /// <summary>Datagrams sent that were to open a session.</summary>
    public long Opened { get; private set; }

    /// <summary>Those of them that did not come out.</summary>
    public long Lost { get; private set; }

    /// <summary>Answers that did not come in.</summary>
    public long Unanswered { get; private set; }

    /// <summary>Lets sessions come and go.</summary>
    /// <param name="duration">For how long.</param>
    /// <param name="interval">How often <paramref name="sample"/> is told the seconds since the start.</param>
    /// <param name="sample">Takes a sample.</param>
    /// <exception cref="MeasurementException">The run is to end.</exception>
    public void Run(TimeSpan duration, TimeSpan interval, Action<double> sample)
    {
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan sampled = TimeSpan.Zero;
        for (TimeSpan due = Turn; watch.Elapsed < duration; due += Turn)
        {
            ComeAndGo();
            if (watch.Elapsed - sampled >= interval)
            {
                sampled = watch.Elapsed;
                sample(sampled.TotalSeconds);
            }

            TimeSpan left = due - watch.Elapsed;
            bench.Rest(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private void ComeAndGo()
    {
        Tester tester = bench.Tester;
        int[] flows = [.. Enumerable.Range(0, rate).Select(i => (_next + i) % tester.Space.Count)];
        _next = (_next + rate) % tester.Space.Count;

        // When they were opened last, they may have had other ports.
        tester.Table.Forget(tester.Table.Flows.ToArray());
        tester.Run(new Phase
        {
            Inside = [StreamPlan.Once(FrameKind.Opening, Math.Max(BurstRate, rate), flows)],
            Timeout = Patience,
        });
        int[] known = tester.Table.Flows.ToArray();
        Opened += flows.Length;
        Lost += flows.Length - known.Length;
        if (known.Length != 0)
        {
            Unanswered += tester.Run(new Phase
            {
                Outside = [StreamPlan.Once(FrameKind.Validation, Math.Max(BurstRate, rate), known)],
                Timeout = Patience,
            })[FrameKind.Validation].Lost;
        }
    }
}
