using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Results;

/// <summary>All that one run of natload found: what <c>result.json</c> holds.</summary>
internal sealed record ComparisonResult
{
    /// <summary>The schema that this version writes.</summary>
    public const string CurrentSchema = "natload-result/2";

    /// <summary>Names the meaning of the fields below; a reader refuses one that it does not know.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The command that was run, such as "compare" or "ports".</summary>
    public required string Command { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When this was written.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>True once everything that was asked for was measured.</summary>
    public required bool Complete { get; init; }

    /// <summary>The machine.</summary>
    public required MachineDescription Machine { get; init; }

    /// <summary>What every generator of random numbers was seeded with in the first repeat; the next repeat's is one
    /// more.</summary>
    public required int Seed { get; init; }

    /// <summary>How it was measured: name of the option, and its value as it would be typed.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>The systems, in the order in which they were asked for.</summary>
    public required IReadOnlyList<SystemDescription> Systems { get; init; }

    /// <summary>The name of the system that the ratios are to, null if there is none.</summary>
    public required string? Baseline { get; init; }

    /// <summary>What was measured.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>Every value, in the order in which they were taken.</summary>
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>What could not be measured.</summary>
    public required IReadOnlyList<Failure> Failures { get; init; }

    /// <summary>What the samples come to: worked out from them, for readers that do not calculate.</summary>
    public required IReadOnlyList<FigureSummary> Summaries { get; init; }

    /// <summary>Every curve, in the order in which they were taken.</summary>
    public IReadOnlyList<CurveSample> Curves { get; init; } = [];

    /// <summary>What the curves come to: worked out from them.</summary>
    public IReadOnlyList<CurveSummary> CurveSummaries { get; init; } = [];

    /// <summary>What the measurements found out, in the order in which they did.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
