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

    // Looks into the rings when the time is over, at most: enough for full ones.
    private const int LastLooks = 1024;

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
            (long drops, long pushback) = ReadDevices();
            _initiator.Begin(_trial, inside, outside);
            _responder.Begin(_trial, outside, inside);
            PhaseClock clock = new(phase, all, Settle);
            RunEnds(clock, phase, inside, all);
            (long dropsAfter, long pushbackAfter) = ReadDevices();
            return new PhaseResult([.. all.Select(StreamCount.Of)])
            {
                Strays = _initiator.Strays + _responder.Strays,
                Corrupt = _initiator.Corrupt + _responder.Corrupt,
                TesterDrops = dropsAfter - drops,
                Pushback = pushbackAfter - pushback,
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

    private (long Drops, long Pushback) ReadDevices()
    {
        DeviceStatistics inside = _initiator.ReadStatistics();
        DeviceStatistics outside = _responder.ReadStatistics();
        return (
            inside.RingDrops + outside.RingDrops,
            inside.TransmitRetries + inside.TransmitFailures + outside.TransmitRetries + outside.TransmitFailures);
    }

    private FrameStream NewStream(StreamPlan plan) => new(plan, Space.Protocol, Space.Count);

    private void RunEnds(PhaseClock clock, Phase phase, FrameStream[] inside, FrameStream[] all)
    {
        if (_cores is { } cores && cores.Generator != cores.Sink)
        {
            Thread responder = StartPinned(() => RunResponder(clock), cores.Sink);
            Thread initiator = StartPinned(
                () => RunInitiator(clock, phase, inside, all, withResponder: false), cores.Generator);
            initiator.Join();
            responder.Join();
            return;
        }

        // On a thread of its own, which alone is bound to the processor.
        Thread both = StartPinned(
            () => RunInitiator(clock, phase, inside, all, withResponder: true), _cores?.Generator);
        both.Join();
    }

    private void RunInitiator(
        PhaseClock clock, Phase phase, FrameStream[] inside, FrameStream[] all, bool withResponder)
    {
        long start = clock.Start();
        do
        {
            _initiator.Step(start);
            if (withResponder)
            {
                _responder.Step(start);
            }

            phase.Growth?.Note(inside[0].Offered, Table.Count);
            phase.Arrivals?.Note(Stopwatch.GetTimestamp() - start, all);
        }
        while (!clock.IsOver());

        // What arrived in time counts, even if this thread was kept from its processor and could not look.
        for (int look = 0; look < LastLooks; look++)
        {
            if (_initiator.Step(start) + (withResponder ? _responder.Step(start) : 0) == 0)
            {
                break;
            }
        }
    }

    private void RunResponder(PhaseClock clock)
    {
        long start = clock.Start();
        do
        {
            _responder.Step(start);
        }
        while (!clock.IsOver());
        for (int look = 0; look < LastLooks && _responder.Step(start) != 0; look++)
        {
        }
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
