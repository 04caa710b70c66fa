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
/// <remarks>After every measurement the results so far are written: a run that is interrupted, however roughly,
/// leaves what it had. A system that fails is noted, and takes its next turn like the others.</remarks>
internal sealed class ComparisonRun(
    ComparisonOptions options,
    ComparisonPlan plan,
    MachineDescription machine,
    IComparisonProgress progress,
    TimeProvider clock)
{
    private static readonly TimeSpan SignalDelay = TimeSpan.FromSeconds(1);

    private readonly ComparisonRecord _record = new(options, plan, machine, progress, clock);

    /// <summary>What a run will measure, in this order.</summary>
    public static IReadOnlyList<PlannedMeasurement> Planned(ComparisonOptions options, ComparisonPlan plan)
    {
        List<PlannedMeasurement> planned = [];
        for (int repeat = 1; repeat <= options.Repeats; repeat++)
        {
            foreach (Func<ISystemUnderTest> create in Turns(options, repeat))
            {
                using ISystemUnderTest system = create();
                planned.AddRange(plan.Measurements.Where(measurement => measurement.AppliesTo(system))
                    .Select(measurement => new PlannedMeasurement(system.Name, repeat, measurement.Name)));
            }
        }

        return planned;
    }

    /// <summary>Runs to the end, or until cancelled.</summary>
    /// <returns>What was measured; complete only if it is everything.</returns>
    public ComparisonResult Run(CancellationToken cancellation)
    {
        ComparisonResult result = _record.Write(complete: false);
        for (int repeat = 1; repeat <= options.Repeats; repeat++)
        {
            foreach (Func<ISystemUnderTest> create in Turns(options, repeat))
            {
                if (cancellation.IsCancellationRequested)
                {
                    return result;
                }

                foreach (IMeasurement[] measurements in Groups())
                {
                    TakeTurn(create(), measurements, repeat, cancellation);
                }

                result = _record.Write(complete: false);
            }
        }

        return cancellation.IsCancellationRequested ? result : _record.Write(complete: _record.IsWhole);
    }

    private static IEnumerable<Func<ISystemUnderTest>> Turns(ComparisonOptions options, int repeat)
    {
        yield return () => new GeneratorAlone();
        int count = options.Systems.Count;
        for (int turn = 0; turn < count; turn++)
        {
            SystemChoice choice = options.Systems[(turn + repeat - 1) % count];
            yield return () => SystemCatalog.Create(choice, options);
        }
    }

    // Measurements that share a network, and those that want one of their own.
    private IEnumerable<IMeasurement[]> Groups() => plan.Measurements
        .Where(measurement => measurement.WantsFreshSystem)
        .Select(measurement => new[] { measurement })
        .Prepend([.. plan.Measurements.Where(measurement => !measurement.WantsFreshSystem)]);

    private void TakeTurn(
        ISystemUnderTest system, IMeasurement[] group, int repeat, CancellationToken cancellation)
    {
        IMeasurement[] measurements = [.. group.Where(measurement => measurement.AppliesTo(system))];
        if (measurements.Length == 0 || cancellation.IsCancellationRequested)
        {
            return;
        }

        string step = "set up";
        progress.Begin(system.Name, repeat, measurements.Length);
        try
        {
            using Testbed testbed = system.Build(options.Cores, options.Receive);

            // Stopped before the network goes, so that it finds everything that it has to tidy.
            using ISystemUnderTest stopped = system;
            system.SetUp(testbed);
            Readiness.Await(testbed, system);
            string? disturbance = OtherLoad.Look();
            foreach (IMeasurement measurement in measurements)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return;
                }

                step = measurement.Name;
                progress.Begin(measurement.Name);
                Measure(measurement, TurnOf(testbed, system, repeat, cancellation), disturbance);
                system.EnsureAlive();
                _record.Write(complete: false);
            }
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            Note(system, repeat, step, failure, cancellation);
        }
    }

    private Turn TurnOf(Testbed testbed, ISystemUnderTest system, int repeat, CancellationToken cancellation)
        => new(testbed, system)
        {
            Repeat = repeat,
            Seed = unchecked(options.Seed + repeat - 1),
            Cancellation = cancellation,
            Say = progress.Say,
        };

    private void Measure(IMeasurement measurement, Turn turn, string? disturbance)
    {
        try
        {
            CleanSlate.Make(turn.System);
            SystemObservation observation = SystemObservation.Start(turn.System, options.Cores);
            Outcome outcome = measurement.Measure(turn);
            turn.System.EnsureAlive();
            _record.Add(
                turn.System.Name, turn.Repeat, measurement.Name, outcome, observation.Finish(), disturbance);
        }
        catch (Exception failure) when (IsFailure(failure) && failure is not SystemFailedException)
        {
            // If the system is dead, that is what there is to say, and the caller says it.
            turn.System.EnsureAlive();
            Note(turn.System, turn.Repeat, measurement.Name, failure, turn.Cancellation);
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
            _record.Add(new Failure(system.Name, repeat, step, failure.Message));
        }
    }
}
