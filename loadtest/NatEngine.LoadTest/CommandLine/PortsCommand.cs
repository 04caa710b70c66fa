using System;
using System.CommandLine;
using System.Linq;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Ports;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload ports</c>: fills one external address until the first refusal and beyond.</summary>
internal static class PortsCommand
{
    private const string QuickCases = "udp,udp:2,tcp,icmp";

    private static readonly PortsSettings Defaults = new();

    private static readonly RunOptions Run = new(new RunRequest
    {
        Systems = "natengine,natengine:symmetric,natengine:cgn,netfilter,netfilter:fully-random",
        Repeats = 1,
    });

    private static readonly Option<string> Cases = new("--cases")
    {
        Description = "What to fill the address with, with commas: udp, tcp, icmp; udp:2 goes to two remote endpoints. "
            + "The first is stormed.",
        DefaultValueFactory = _ => QuickCases,
    };

    private static readonly Option<int> Attempts = Optional(
        "--attempts", "Connections to attempt for each remote endpoint.", Defaults.Attempts);

    private static readonly Option<int> Hosts = Optional("--hosts", "Inside hosts.", Defaults.Hosts);

    private static readonly Option<double> FillRate = Optional(
        "--fill-rate", "Attempts per second while the address is filled.", Defaults.FillRate);

    private static readonly Option<int> OldSessions = Optional(
        "--old-sessions", "Existing connections whose traffic goes on.", Defaults.OldSessions);

    private static readonly Option<double> OldRate = Optional(
        "--old-rate", "Their frames per second, both directions together.", Defaults.OldRate);

    private static readonly Option<double> Newcomers = Optional(
        "--newcomers", "Newcomers per second while they are too many.", Defaults.NewcomerRate);

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new(
            "ports", "Fills one external address, counts what it carries, and watches the old connections meanwhile.")
        {
            Cases, Attempts, Hosts, FillRate, OldSessions, OldRate, Newcomers,
        };
        Run.AddTo(command);
        command.SetAction(parsed => Comparing.Run(
            Run.Read(parsed), options => PlanOf(SettingsOf(parsed, options))));
        return command;
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="BadInputException">An option asks for something that cannot be.</exception>
    internal static PortsSettings SettingsOf(ParseResult parsed, MeasurementOptions options)
    {
        PortsCase[] cases =
            [.. parsed.GetRequiredValue(Cases).Split(',', StringSplitOptions.TrimEntries).Select(PortsCase.Parse)];
        if (cases.Distinct().Count() != cases.Length)
        {
            throw new BadInputException($"--cases {parsed.GetRequiredValue(Cases)}: each at most once.");
        }

        PortsSettings settings = new()
        {
            Cases = cases,
            Attempts = parsed.GetRequiredValue(Attempts),
            Hosts = parsed.GetRequiredValue(Hosts),
            FillRate = parsed.GetRequiredValue(FillRate),
            OldSessions = parsed.GetRequiredValue(OldSessions),
            OldRate = parsed.GetRequiredValue(OldRate),
            NewcomerRate = parsed.GetRequiredValue(Newcomers),
            Storm = options.Full ? TimeSpan.FromSeconds(60) : options.Duration,
            Calm = options.Full ? TimeSpan.FromSeconds(10) : options.Duration / 2,
        };
        settings.Check();
        return settings;
    }

    private static ComparisonPlan PlanOf(PortsSettings settings)
        => new("ports", PortsMeasurement.EachOf(settings)) { OwnOptions = settings.ToDictionary() };

    private static Option<T> Optional<T>(string name, string description, T value)
        => new(name) { Description = description, DefaultValueFactory = _ => value };
}
