using System;
using System.CommandLine;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload rfc9693 …</c>: the procedures of RFC 9693, each a command, with their options.</summary>
internal static class Rfc9693Command
{
    private static readonly RunOptions Run = new(new RunRequest
    {
        Systems = "natengine,netfilter",
        Repeats = 1,
    });

    private static readonly Option<string> Sessions = new("--sessions")
    {
        Description = "Numbers of connections, ascending, with commas; the first makes the figures "
            + "(CSIT's ladder: 64512,258048,1032192).",
    };

    private static readonly Option<int?> Hosts = new("--hosts") { Description = "Inside hosts, 1 to 4000." };

    private static readonly Option<int?> Ports = new("--ports-per-host")
    {
        Description = "Source ports of each host (CSIT: 63, 126, 252 or 504).",
    };

    private static readonly Option<bool> SamePorts = new("--same-ports")
    {
        Description = "All hosts use the same source ports, from 1024 on, as in CSIT's scheme.",
    };

    private static readonly Option<string> Frames = new("--frames")
    {
        Description = $"Frame sizes, with commas: {string.Join(", ", FrameLengths.All)}, or 'all'.",
    };

    private static readonly Option<double?> MaxRate = new("--max-rate")
    {
        Description = "Upper end of searches, per second [what the tester can offer].",
    };

    private static readonly Option<double?> Error = new("--error")
    {
        Description = "How exact a search is, in percent of its upper end.",
    };

    private static readonly Option<double> AcceptedLoss = new("--accept-loss")
    {
        Description = "Loss that still passes in 'throughput', in percent. The RFC says 0.",
    };

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new("rfc9693", "The procedures of RFC 9693 (benchmarking stateful NAT), on raw sockets.");
        foreach (MeasurementKind kind in Rfc9693Measurements.Kinds)
        {
            Command procedure = new(kind.Name, Capitalized(kind.Description))
            {
                Sessions, Hosts, Ports, SamePorts, Frames, MaxRate, Error, AcceptedLoss,
            };
            Run.AddTo(procedure);
            procedure.SetAction(parsed => Comparing.Run(
                Run.Read(parsed), options => PlanOf(kind.Name, SettingsOf(parsed, options))));
            command.Subcommands.Add(procedure);
        }

        return command;
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="BadInputException">An option asks for something that cannot be.</exception>
    internal static TesterSettings SettingsOf(ParseResult parsed, MeasurementOptions options)
    {
        TesterSettings settings = Rfc9693Measurements.SettingsFor(options);
        string? sessions = parsed.GetValue(Sessions);
        double? error = parsed.GetValue(Error);
        string? frames = parsed.GetValue(Frames);
        settings = settings with
        {
            Connections = sessions is null ? settings.Connections : Numbers.Ascending("--sessions", sessions),
            Hosts = parsed.GetValue(Hosts) ?? settings.Hosts,
            PortsPerHost = parsed.GetValue(Ports) ?? settings.PortsPerHost,
            SamePorts = parsed.GetValue(SamePorts),
            HighestRate = parsed.GetValue(MaxRate),
            Error = error / 100 ?? settings.Error,
            AcceptedLoss = parsed.GetValue(AcceptedLoss),
            Frames = frames is null ? settings.Frames
                : frames == "all" ? FrameLengths.All
                : frames.Split(',', StringSplitOptions.TrimEntries),
        };
        settings.Check();
        return settings;
    }

    private static ComparisonPlan PlanOf(string name, TesterSettings settings)
        => new($"rfc9693 {name}", [Rfc9693Measurements.Create(name, settings)])
        {
            OwnOptions = settings.ToDictionary(),
        };

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
