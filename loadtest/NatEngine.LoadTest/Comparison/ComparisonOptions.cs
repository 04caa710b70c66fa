using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Comparison;

/// <summary>What <c>natload compare</c> was asked for, checked.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>Names of the systems, in the order of the report; at least one, each once.</summary>
    public required IReadOnlyList<string> Systems { get; init; }

    /// <summary>Names of the measurements, in the order in which they are made; at least one, each once.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>How often everything is measured; at least once.</summary>
    public required int Repeats { get; init; }

    /// <summary>How long a stream lasts; a flood lasts a third of it.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The folder for the results. It exists and can be written to.</summary>
    public required string ResultsFolder { get; init; }

    /// <summary>Which processor does what.</summary>
    public required CorePlacement Cores { get; init; }

    /// <summary>Where frames for systems in user space are received.</summary>
    public ReceivePlace Receive { get; init; }

    /// <summary>The natengine executable; null only if natengine is not among the systems.</summary>
    public string? NatEnginePath { get; init; }

    /// <summary>Further options of <c>natengine run</c>.</summary>
    public IReadOnlyList<string> NatEngineOptions { get; init; } = [];

    /// <summary>The options as a person would type them again, for the results.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary() => new Dictionary<string, string>
    {
        ["systems"] = string.Join(',', Systems),
        ["metrics"] = string.Join(',', Metrics),
        ["repeats"] = Repeats.ToString(CultureInfo.InvariantCulture),
        ["duration"] = Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ["cores"] = Cores.ToString(),
        ["receive"] = Receive == ReceivePlace.System ? "system" : "sender",
        ["natengine-options"] = string.Join(' ', NatEngineOptions),
    };
}
