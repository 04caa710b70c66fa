using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Comparison;

/// <summary>How a run is to be made, whatever is measured; checked.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>The systems, in the order of the report; at least one, no two with the same label.</summary>
    public required IReadOnlyList<SystemChoice> Systems { get; init; }

    /// <summary>How often everything is measured; at least once.</summary>
    public required int Repeats { get; init; }

    /// <summary>What every measurement is told.</summary>
    public required MeasurementOptions Measurement { get; init; }

    /// <summary>What generators of random numbers are seeded with in the first repeat; one more in each that follows.
    /// </summary>
    public required int Seed { get; init; }

    /// <summary>The folder for the results. It exists and can be written to.</summary>
    public required string ResultsFolder { get; init; }

    /// <summary>Which processor does what.</summary>
    public required CorePlacement Cores { get; init; }

    /// <summary>Processors that natengine may use; the system's one if null.</summary>
    public IReadOnlyList<int>? EngineCores { get; init; }

    /// <summary>Where frames for systems in user space are received.</summary>
    public ReceivePlace Receive { get; init; }

    /// <summary>Where the external system is; null only if it is not among the systems.</summary>
    public ExternalCables? External { get; init; }

    /// <summary>The natengine executable; null only if natengine is not among the systems.</summary>
    public string? NatEnginePath { get; init; }

    /// <summary>Further options of <c>natengine run</c>, for each natengine among the systems.</summary>
    public IReadOnlyList<string> NatEngineOptions { get; init; } = [];

    /// <summary>The label of the system that ratios are to: the first of the kernel's NATs; null if there is none.
    /// </summary>
    public string? Baseline => Systems.FirstOrDefault(choice => choice.Kind == SystemCatalog.Baseline)?.Label;

    /// <summary>The options as a person would type them again, for the results.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        Dictionary<string, string> options = Common();
        if (External is { } cables)
        {
            options["internal-interface"] = cables.Internal;
            options["external-interface"] = cables.External;
            options["gateway-address"] = cables.Gateway.ToString();
            options["external-address"] = cables.ExternalAddress.ToString();
            options["inside-address"] = cables.Inside;
            options["remote-address"] = cables.Remote;
        }

        return options;
    }

    private Dictionary<string, string> Common() => new()
    {
        ["systems"] = string.Join(
            ',', Systems.Where(choice => choice.Definition is null).Select(choice => choice.Label)),
        ["system"] = string.Join('\n', Systems.Select(choice => choice.Definition).OfType<string>()),
        ["repeats"] = Repeats.ToString(CultureInfo.InvariantCulture),
        ["duration"] = Measurement.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ["full"] = Measurement.Full ? "true" : "false",
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["cores"] = Cores.ToString(),
        ["engine-cores"] = EngineCores is null ? string.Empty : CorePlacement.List(EngineCores),
        ["receive"] = Receive.ToString().ToLowerInvariant(),
        ["natengine-options"] = string.Join(' ', NatEngineOptions),
    };
}
