using System;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Phase 2: traffic in both directions, of connections that exist (RFC 9693 section 4.4).</summary>
internal sealed class SessionTraffic
{
    private readonly TesterBench _bench;
    private readonly TesterSettings _settings;
    private readonly int[] _outbound;
    private readonly int[] _inbound;

    private SessionTraffic(TesterBench bench, TesterSettings settings, int[] outbound, int seed)
    {
        _bench = bench;
        _settings = settings;
        _outbound = outbound;
        _inbound = FlowOrder.Shuffled(outbound, seed + 1);
    }

    /// <summary>Establishes connections on a fresh system.</summary>
    /// <param name="bench">The tester and the system.</param>
    /// <param name="settings">How.</param>
    /// <param name="connections">How many.</param>
    /// <param name="seed">What their order is drawn with.</param>
    public static SessionTraffic Establish(TesterBench bench, TesterSettings settings, int connections, int seed)
    {
        bench.Forget();
        int[] order = FlowOrder.Shuffled(connections, seed);
        Warming.Establish(bench, order);
        return new SessionTraffic(bench, settings, order, seed);
    }

    /// <summary>Sends in both directions.</summary>
    /// <param name="rate">Frames per second, both directions together.</param>
    /// <param name="lengths">Their lengths.</param>
    public PhaseResult Run(double rate, FrameLengths lengths) => _bench.Tester.Run(new Phase
    {
        Inside = [Stream(FrameKind.Outbound, rate / 2, _outbound, lengths)],
        Outside = [Stream(FrameKind.Inbound, rate / 2, _inbound, lengths)],
    });

    /// <summary>Sends in both directions and times each frame's way.</summary>
    /// <param name="rate">Frames per second, both directions together.</param>
    /// <param name="duration">For how long.</param>
    public PhaseResult Time(double rate, TimeSpan duration) => _bench.Tester.Run(new Phase
    {
        Inside = [StreamPlan.For(FrameKind.Outbound, rate / 2, duration, _outbound) with { Timed = true }],
        Outside = [StreamPlan.For(FrameKind.Inbound, rate / 2, duration, _inbound) with { Timed = true }],
    });

    /// <summary>Finds the highest rate that the system passes on (RFC 2544 section 26.1).</summary>
    public BisectionResult FindThroughput(FrameLengths lengths)
    {
        // What is offered without a bound is more than can be offered evenly; and it warms everything up.
        double highest = _settings.HighestRate ?? Run(StreamPlan.FullSpeed, lengths).OfferedRate;
        return _settings.SearchUpTo(highest, _bench).Find(rate =>
        {
            PhaseResult trial = Run(rate, lengths);
            return new TrialVerdict(
                trial.Corrupt == 0 && trial.KeptRate && trial.LossPercent <= _settings.AcceptedLoss,
                trial.IsLimitedByTester,
                trial.OfferedRate);
        });
    }

    private StreamPlan Stream(FrameKind kind, double rate, int[] order, FrameLengths lengths)
    {
        StreamPlan plan = StreamPlan.For(kind, rate, _settings.Trial, order) with { Lengths = lengths };

        // Offered without a bound, a trial is as many frames as a fast link takes in the time.
        const long MostFrames = 1_000_000;
        return rate > 2 * MostFrames
            ? plan with { Frames = Math.Max(1, (long)(MostFrames * _settings.Trial.TotalSeconds / 4)) }
            : plan;
    }
}
