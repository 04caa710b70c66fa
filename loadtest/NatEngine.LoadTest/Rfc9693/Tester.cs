using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NatEngine.Devices;
using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>
/// The tester of RFC 9693: an initiator on the private side, a responder on the public side with its state table, and
/// phases in which they send and receive.
/// </summary>
/// <remarks>Used by one thread. While a phase lasts, each end has a thread that never sleeps; or, if they are given the
/// same processor, both ends share one thread that turns from one to the other, because two would only take the
/// processor from each other.</remarks>
internal sealed class Tester : IDisposable
{
    // Nothing more may come for so long before a phase that has everything ends.
    private static readonly long Settle = Stopwatch.Frequency / 200;

    private readonly TesterEnd _initiator;
    private readonly TesterEnd _responder;
    private readonly Responder _responderRole;
    private readonly CorePlacement? _cores;
    private byte _trial;

    /// <summary>Makes a tester.</summary>
    /// <param name="options">Its devices, which the caller keeps, and its connections.</param>
    public Tester(TesterOptions options)
    {
        Space = options.Space;
        Table = new StateTable(options.Space.Count);
        _cores = options.Cores;
        _responderRole = new Responder(options.Space, Table, options.Translates);
        _initiator = new TesterEnd(
            options.Inside, new Initiator(options.Space, options.Station, options.NextHop), options.Space);
        _responder = new TesterEnd(options.Outside, _responderRole, options.Space);
    }

    /// <summary>All connections.</summary>
    public FlowSpace Space { get; }

    /// <summary>The responder's state table.</summary>
    public StateTable Table { get; }

    /// <summary>TCP connections whose handshake was completed, as the responder saw it.</summary>
    public int Established => _responderRole.Established;

    /// <summary>Forgets all connections, as the system under test was made to.</summary>
    public void Forget()
    {
        Table.Clear();
        _responderRole.Clear();
        _initiator.Epoch++;
        _responder.Epoch++;
    }

    /// <summary>Carries a phase out.</summary>
    public PhaseResult Run(Phase phase)
    {
        FrameStream[] inside = [.. phase.Inside.Select(NewStream)];
        FrameStream[] outside = [.. phase.Outside.Select(NewStream)];
        FrameStream[] all = [.. inside, .. outside];
        try
        {
            _trial++;
            _initiator.Drain();
            _responder.Drain();
            long drops = _initiator.ReadRingDrops() + _responder.ReadRingDrops();
            _initiator.Begin(_trial, inside, outside);
            _responder.Begin(_trial, outside, inside);
            PhaseClock clock = new(phase, all, Settle);
            RunEnds(clock, phase.Growth, inside);
            return new PhaseResult([.. all.Select(StreamCount.Of)])
            {
                Strays = _initiator.Strays + _responder.Strays,
                Corrupt = _initiator.Corrupt + _responder.Corrupt,
                TesterDrops = _initiator.ReadRingDrops() + _responder.ReadRingDrops() - drops,
                Prohibited = _initiator.Refusals.Prohibited,
                OtherErrors = _initiator.Refusals.OtherErrors,
                Resets = _initiator.Refusals.Resets,
            };
        }
        finally
        {
            foreach (FrameStream stream in all)
            {
                stream.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _initiator.Dispose();
        _responder.Dispose();
    }

    private FrameStream NewStream(StreamPlan plan) => new(plan, Space.Protocol, Space.Count);

    private void RunEnds(PhaseClock clock, GrowthLog? growth, FrameStream[] inside)
    {
        if (_cores is { } cores && cores.Generator != cores.Sink)
        {
            Thread responder = StartPinned(() => RunOne(_responder, clock), cores.Sink);
            Thread initiator = StartPinned(() => RunOne(_initiator, clock, growth, inside), cores.Generator);
            initiator.Join();
            responder.Join();
            return;
        }

        // On a thread of its own, which alone is bound to the processor.
        Thread both = StartPinned(() => RunBoth(clock, growth, inside), _cores?.Generator);
        both.Join();
    }

    private void RunBoth(PhaseClock clock, GrowthLog? growth, FrameStream[] inside)
    {
        long start = clock.Start();
        do
        {
            _initiator.Step(start);
            _responder.Step(start);
            growth?.Note(inside[0].Offered, Table.Count);
        }
        while (!clock.IsOver());
    }

    private void RunOne(TesterEnd end, PhaseClock clock, GrowthLog? growth = null, FrameStream[]? inside = null)
    {
        long start = clock.Start();
        do
        {
            end.Step(start);
            growth?.Note(inside![0].Offered, Table.Count);
        }
        while (!clock.IsOver());
    }

    private static Thread StartPinned(Action run, int? processor)
    {
        Thread thread = new(() =>
        {
            if (processor is { } number)
            {
                ThreadAffinity.Bind(number);
            }

            run();
        })
        {
            IsBackground = true,
            Name = "tester",
        };
        thread.Start();
        return thread;
    }
}
