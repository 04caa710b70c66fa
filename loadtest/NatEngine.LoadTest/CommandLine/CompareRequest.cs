using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>The options of <c>natload compare</c> as they were typed.</summary>
internal sealed record CompareRequest
{
    private const int MostRepeats = 1000;
    private const double LongestSeconds = 3600;

    /// <summary>Names of systems, with commas.</summary>
    public string Systems { get; init; } = "natengine,netfilter,forward";

    /// <summary>Names of measurements, with commas.</summary>
    public string Metrics { get; init; } = string.Join(',', MeasurementCatalog.Names);

    /// <summary>How often to measure everything.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Seconds that a stream lasts.</summary>
    public double Duration { get; init; } = 2;

    /// <summary>The folder for the results; one named after the time if null.</summary>
    public string? Out { get; init; }

    /// <summary>The natengine executable; looked for if null.</summary>
    public string? NatEngine { get; init; }

    /// <summary>Further options for it, as one text.</summary>
    public string NatEngineOptions { get; init; } = string.Empty;

    /// <summary>Processors "generator,system,sink"; chosen by their number if null.</summary>
    public string? Cores { get; init; }

    /// <summary>Where frames for systems in user space are received: "sender" or "system".</summary>
    public string Receive { get; init; } = "sender";

    /// <summary>Checks everything, and makes the results folder.</summary>
    /// <exception cref="BadInputException">Something cannot be; nothing was changed.</exception>
    public ComparisonOptions Check(DateTimeOffset now)
    {
        string[] systems = Names("--systems", Systems, SystemCatalog.Names);
        string[] metrics = Names("--metrics", Metrics, MeasurementCatalog.Names);
        Require(Repeats is >= 1 and <= MostRepeats, $"--repeats {Repeats}: must be 1 to {MostRepeats}.");
        Require(
            Duration is > 0 and <= LongestSeconds,
            $"--duration {Duration}: must be more than 0 and at most {LongestSeconds} seconds.");
        CorePlacement cores = Cores is null
            ? CorePlacement.For(Environment.ProcessorCount)
            : CorePlacement.Parse(Cores, Environment.ProcessorCount);
        string? natEngine = SystemCatalog.FindNatEngine(NatEngine);
        Require(
            natEngine is not null || !systems.Contains(NatEngineSystem.SystemName),
            NatEngine is null
                ? "--systems natengine: there is no out/natengine here or above. Build it with 'dotnet publish "
                    + "src/NatEngine.Host -c Release -o out', or say where it is with --natengine PATH."
                : $"--natengine {NatEngine}: there is no such file.");
        Require(Receive is "sender" or "system", $"--receive '{Receive}': must be sender or system.");
        return new ComparisonOptions
        {
            Systems = systems,
            Metrics = [.. MeasurementCatalog.Names.Where(metrics.Contains)],
            Repeats = Repeats,
            Duration = TimeSpan.FromSeconds(Duration),
            ResultsFolder = MakeFolder(Out ?? Path.Combine("results", $"{now:yyyyMMdd-HHmmss}-compare")),
            Cores = cores,
            Receive = Receive == "system" ? ReceivePlace.System : ReceivePlace.Sender,
            NatEnginePath = natEngine,
            NatEngineOptions = NatEngineOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
    }

    private static string[] Names(string option, string text, IReadOnlyList<string> known)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (string name in names)
        {
            Require(known.Contains(name), $"{option} '{name}': must be of {string.Join(", ", known)}.");
        }

        Require(names.Distinct().Count() == names.Length, $"{option} {text}: each at most once.");
        return names;
    }

    // Finding out by writing: the permission bits do not tell of a read-only or full file system.
    private static string MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string trial = Path.Combine(folder, ".writable");
            File.WriteAllText(trial, "natload writes here\n");
            File.Delete(trial);
            return Path.GetFullPath(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--out {folder}: cannot be written to: {refused.Message}");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BadInputException(otherwise);
        }
    }
}
