using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NatEngine.Devices;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Comparison;

/// <summary>
/// Measures several systems against each other. Repeat by repeat all systems take their turn, each in a network built
/// anew, so that whatever changes on the machine in the course of a run changes for all; and the order of turns
/// rotates, so that none is always first.
/// </summary>
/// <remarks>After every system's turn the results so far are written: a run that is interrupted, however roughly,
/// leaves what it had. A system that fails is noted, and takes its next turn like the others.</remarks>
internal sealed class ComparisonRun(
    ComparisonOptions options, MachineDescription machine, IComparisonProgress progress, TimeProvider clock)
{
    private static readonly TimeSpan SignalDelay = TimeSpan.FromSeconds(1);

    private readonly IMeasurement[] _measurements =
        [.. options.Metrics.Select(name => MeasurementCatalog.Create(name, options.Duration))];

    private readonly List<Sample> _samples = [];
    private readonly List<Failure> _failures = [];
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    /// <summary>Runs to the end, or until cancelled.</summary>
    /// <returns>What was measured; complete only if it is everything.</returns>
    public ComparisonResult Run(CancellationToken cancellation)
    {
        ComparisonResult result = Write(complete: false);
        for (int repeat = 1; repeat <= options.Repeats; repeat++)
        {
            foreach (Func<ISystemUnderTest> create in Turns(repeat))
            {
                if (cancellation.IsCancellationRequested)
                {
                    return result;
                }

                TakeTurn(create(), repeat, cancellation);
                result = Write(complete: false);
            }
        }

        return cancellation.IsCancellationRequested ? result : Write(complete: _failures.Count == 0);
    }

    private IEnumerable<Func<ISystemUnderTest>> Turns(int repeat)
    {
        yield return () => new GeneratorAlone();
        int count = options.Systems.Count;
        for (int turn = 0; turn < count; turn++)
        {
            string name = options.Systems[(turn + repeat - 1) % count];
            yield return () => SystemCatalog.Create(name, options);
        }
    }

    private void TakeTurn(ISystemUnderTest system, int repeat, CancellationToken cancellation)
    {
        string step = "set up";
        progress.Begin(system.Name, repeat);
        try
        {
            bool atSender = system.InUserSpace && options.Receive == ReceivePlace.Sender;
            using Testbed testbed = system.NeedsGateway
                ? Testbed.WithGateway(options.Cores, steered: !atSender)
                : Testbed.WithoutGateway(options.Cores);

            // Stopped before the network goes, so that it finds everything that it has to tidy.
            using ISystemUnderTest stopped = system;
            system.SetUp(testbed);
            Readiness.Await(testbed, system);
            string? disturbance = OtherLoad.Look();
            foreach (IMeasurement measurement in _measurements)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return;
                }

                step = measurement.Name;
                Measure(measurement, testbed, system, repeat, disturbance, cancellation);
                system.EnsureAlive();
            }
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            Note(system, repeat, step, failure, cancellation);
        }
    }

    private void Measure(
        IMeasurement measurement,
        Testbed testbed,
        ISystemUnderTest system,
        int repeat,
        string? disturbance,
        CancellationToken cancellation)
    {
        try
        {
            foreach (Reading reading in measurement.Measure(testbed, system))
            {
                string[] remarks = disturbance is null ? [.. reading.Remarks] : [disturbance, .. reading.Remarks];
                Sample sample = new(
                    system.Name, repeat, reading.Figure.Name, reading.Value, reading.Details, remarks);
                _samples.Add(sample);
                progress.Add(sample, reading.Figure);
            }
        }
        catch (Exception failure) when (IsFailure(failure) && failure is not SystemFailedException)
        {
            // If the system is dead, that is what there is to say, and the caller says it.
            system.EnsureAlive();
            Note(system, repeat, measurement.Name, failure, cancellation);
        }
    }

    private static bool IsFailure(Exception thrown)
        => thrown is LabException or MeasurementException or SystemFailedException or DeviceException;

    private void Note(
        ISystemUnderTest system, int repeat, string step, Exception failure, CancellationToken cancellation)
    {
        // An interruption takes the lab away under whatever is being measured; what that breaks is no finding. The lab
        // may hear of the signal first, and we only when it is gone.
        if (!cancellation.WaitHandle.WaitOne(SignalDelay))
        {
            Failure noted = new(system.Name, repeat, step, failure.Message);
            _failures.Add(noted);
            progress.Add(noted);
        }
    }

    private ComparisonResult Write(bool complete)
    {
        Figure[] figures = [.. _measurements.SelectMany(measurement => measurement.Figures)];
        string? baseline = options.Systems.Contains(SystemCatalog.Baseline) ? SystemCatalog.Baseline : null;
        ComparisonResult result = new()
        {
            Started = _started,
            Written = clock.GetUtcNow(),
            Complete = complete,
            Machine = machine,
            Options = options.ToDictionary(),
            Systems = options.Systems,
            Baseline = baseline,
            Figures = figures,
            Samples = [.. _samples],
            Failures = [.. _failures],
            Summaries = Summarizing.Summarize(_samples, figures, baseline),
        };
        ResultFile.Write(options.ResultsFolder, result);
        return result;
    }
}
