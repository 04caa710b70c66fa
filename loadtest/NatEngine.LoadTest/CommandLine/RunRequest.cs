using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>The options that every command that measures has, as they were typed: see <see cref="RunOptions"/>.
/// </summary>
internal sealed record RunRequest
{
    private const int MostRepeats = 1000;
    private const double LongestSeconds = 3600;

    private static readonly Dictionary<string, ReceivePlace> ReceivePlaces = new()
    {
        ["sender"] = ReceivePlace.Sender,
        ["system"] = ReceivePlace.System,
        ["thread"] = ReceivePlace.Thread,
    };

    /// <summary>Systems with their variants, with commas.</summary>
    public string Systems { get; init; } = "natengine,netfilter,forward";

    /// <summary>Further systems, each "LABEL=KIND OPTIONS".</summary>
    public IReadOnlyList<string> Defined { get; init; } = [];

    /// <summary>How often to measure everything.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Seconds that a stream lasts.</summary>
    public double Duration { get; init; } = 2;

    /// <summary>Whether to take the time that the methods prescribe.</summary>
    public bool Full { get; init; }

    /// <summary>What to seed generators of random numbers with.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The folder for the results; one named after the time if null.</summary>
    public string? Out { get; init; }

    /// <summary>The natengine executable; looked for if null.</summary>
    public string? NatEngine { get; init; }

    /// <summary>Further options for it, as one text.</summary>
    public string NatEngineOptions { get; init; } = string.Empty;

    /// <summary>Processors "generator,system,sink"; chosen by their number if null.</summary>
    public string? Cores { get; init; }

    /// <summary>Processors that natengine may use, with commas; the system's if null.</summary>
    public string? EngineCores { get; init; }

    /// <summary>Where frames for systems in user space are received: "sender", "system" or "thread".</summary>
    public string Receive { get; init; } = "sender";

    /// <summary>Where the external system is.</summary>
    public ExternalRequest External { get; init; } = new();

    /// <summary>Checks everything, and makes the results folder.</summary>
    /// <param name="command">The first word of the command; the results folder is named after it.</param>
    /// <param name="now">The time; the results folder is named after it.</param>
    /// <exception cref="BadInputException">Something cannot be; nothing was changed.</exception>
    public ComparisonOptions Check(string command, DateTimeOffset now)
    {
        MeasurementOptions measurement = CheckMeasurement();
        IReadOnlyList<SystemChoice> systems = ChosenSystems();
        Require(Repeats is >= 1 and <= MostRepeats, $"--repeats {Repeats}: must be 1 to {MostRepeats}.");
        CorePlacement cores = Cores is null
            ? CorePlacement.For(Environment.ProcessorCount)
            : CorePlacement.Parse(Cores, Environment.ProcessorCount);
        string? natEngine = SystemCatalog.FindNatEngine(NatEngine);
        Require(
            natEngine is not null || systems.All(choice => choice.Kind != NatEngineSystem.SystemName),
            NatEngine is null
                ? "--systems natengine: there is no out/natengine here or above. Build it with 'dotnet publish "
                    + "src/NatEngine.Host -c Release -o out', or say where it is with --natengine PATH."
                : $"--natengine {NatEngine}: there is no such file.");
        bool external = systems.Any(choice => choice.Kind == ExternalSystem.SystemName);
        ExternalCables? cables = external ? External.Check() : null;
        Require(
            ReceivePlaces.TryGetValue(Receive, out ReceivePlace receive),
            $"--receive '{Receive}': must be sender, system or thread.");
        return new ComparisonOptions
        {
            Systems = systems,
            Repeats = Repeats,
            Measurement = measurement,
            Seed = Seed,
            ResultsFolder = MakeFolder(Out ?? Path.Combine("results", $"{now:yyyyMMdd-HHmmss}-{command}")),
            Cores = cores,
            EngineCores = EngineCores is null
                ? null
                : CorePlacement.ParseList("--engine-cores", EngineCores, Environment.ProcessorCount),
            Receive = receive,
            External = cables,
            NatEnginePath = natEngine,
            NatEngineOptions = NatEngineOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
    }

    /// <summary>Checks what the measurements are told.</summary>
    /// <exception cref="BadInputException">It cannot be.</exception>
    public MeasurementOptions CheckMeasurement()
    {
        Require(
            Duration is > 0 and <= LongestSeconds,
            $"--duration {Duration}: must be more than 0 and at most {LongestSeconds} seconds.");
        return new MeasurementOptions(TimeSpan.FromSeconds(Duration), Full);
    }

    private SystemChoice[] ChosenSystems()
    {
        SystemChoice[] systems =
            [.. SystemChoice.ParseList(Systems), .. Defined.Select(SystemChoice.ParseDefinition)];
        string[] labels = [.. systems.Select(choice => choice.Label)];
        Require(
            labels.Distinct().Count() == labels.Length,
            $"--systems {string.Join(',', labels)}: each at most once.");
        Require(
            !labels.Contains(Results.Summarizing.Ceiling),
            $"--system '{Results.Summarizing.Ceiling}=…': the generator itself is called so.");
        return systems;
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
}
