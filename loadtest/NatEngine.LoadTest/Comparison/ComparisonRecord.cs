using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Comparison;

/// <summary>Keeps what a run has found so far, in memory and on disk.</summary>
internal sealed class ComparisonRecord(
    ComparisonOptions options,
    ComparisonPlan plan,
    MachineDescription machine,
    IComparisonProgress progress,
    TimeProvider clock)
{
    private readonly List<Sample> _samples = [];
    private readonly List<CurveSample> _curves = [];
    private readonly List<Finding> _findings = [];
    private readonly List<Failure> _failures = [];
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    /// <summary>Whether everything so far could be measured.</summary>
    public bool IsWhole => _failures.Count == 0;

    /// <summary>Keeps what a measurement yielded.</summary>
    /// <param name="system">On which system.</param>
    /// <param name="repeat">In which round.</param>
    /// <param name="measurement">Its name.</param>
    /// <param name="outcome">What it yielded.</param>
    /// <param name="seen">What was seen of the system meanwhile; what the measurement itself saw goes before.</param>
    /// <param name="disturbance">What makes all of it doubtful, if anything does.</param>
    public void Add(
        string system,
        int repeat,
        string measurement,
        Outcome outcome,
        IReadOnlyDictionary<string, double> seen,
        string? disturbance)
    {
        foreach (Reading reading in outcome.Readings)
        {
            Dictionary<string, double> details = new(seen);
            foreach ((string name, double value) in reading.Details)
            {
                details[name] = value;
            }

            string[] remarks = disturbance is null ? [.. reading.Remarks] : [disturbance, .. reading.Remarks];
            Sample sample = new(system, repeat, reading.Figure.Name, reading.Value, details, remarks);
            _samples.Add(sample);
            progress.Add(sample, reading.Figure);
        }

        _curves.AddRange(outcome.Curves.Select(curve => new CurveSample(system, repeat, curve)));
        foreach (string sentence in outcome.Findings)
        {
            Finding finding = new(system, repeat, measurement, sentence);
            _findings.Add(finding);
            progress.Add(finding);
        }
    }

    /// <summary>Keeps what could not be measured.</summary>
    public void Add(Failure failure)
    {
        _failures.Add(failure);
        progress.Add(failure);
    }

    /// <summary>Writes the results so far.</summary>
    public ComparisonResult Write(bool complete)
    {
        Figure[] figures = [.. plan.Measurements.SelectMany(measurement => measurement.Figures)];
        ComparisonResult result = new()
        {
            Command = plan.Command,
            Started = _started,
            Written = clock.GetUtcNow(),
            Complete = complete,
            Machine = machine,
            Seed = options.Seed,
            Options = Options(),
            Systems = [.. options.Systems.Select(Describe)],
            Baseline = options.Baseline,
            Figures = figures,
            Samples = [.. _samples],
            Failures = [.. _failures],
            Summaries = Summarizing.Summarize(_samples, figures, options.Baseline),
            Curves = [.. _curves],
            CurveSummaries = CurveSummarizing.Summarize(_curves),
            Findings = [.. _findings],
        };
        ResultFile.Write(options.ResultsFolder, result);
        return result;
    }

    private SystemDescription Describe(SystemChoice choice) => new(
        choice.Label,
        choice.Kind,
        choice.Kind == NatEngineSystem.SystemName
            ? NatEngineSystem.OptionsOf(options.NatEngineOptions, choice.Options)
            : choice.Options);

    private Dictionary<string, string> Options()
    {
        Dictionary<string, string> all = new(options.ToDictionary());
        foreach ((string name, string value) in plan.OwnOptions)
        {
            all[name] = value;
        }

        return all;
    }
}
