using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Clients.Ladders;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Measurements;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.Clients.Commands;

/// <summary>The options of <c>natload clients</c> beside those of every command, as they were typed.</summary>
internal sealed record ClientsRequest
{
    private const double LongestPhase = 3600;

    /// <summary>Names of profiles, or files.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = ["web"];

    /// <summary>Numbers of clients, with commas; null for the profile's or the default.</summary>
    public string? Ladder { get; init; }

    /// <summary>Rates, with commas; null for the profile's, or closed loop.</summary>
    public string? Rate { get; init; }

    /// <summary>Seconds until all clients have joined.</summary>
    public double? RampUp { get; init; }

    /// <summary>Seconds that a step counts.</summary>
    public double? Hold { get; init; }

    /// <summary>Seconds until all clients have left.</summary>
    public double? RampDown { get; init; }

    /// <summary>The program that runs the clients on NBomber; null for natload's own runner.</summary>
    public string? NBomber { get; init; }

    /// <summary>The options as a person would type them again, for the results.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        Dictionary<string, string> all = new() { ["profile"] = string.Join(' ', Profiles) };
        (string Name, string? Value)[] others =
        [
            ("ladder", Ladder), ("rate", Rate), ("ramp-up", Text(RampUp)), ("hold", Text(Hold)),
            ("ramp-down", Text(RampDown)), ("nbomber", NBomber),
        ];
        foreach ((string name, string? value) in others)
        {
            if (value is not null)
            {
                all[name] = value;
            }
        }

        return all;
    }

    /// <summary>Checks everything.</summary>
    /// <param name="options">What every measurement is told.</param>
    /// <param name="reportFolder">Where a runner may put reports of its own.</param>
    /// <returns>What is to be measured, in the order of the profiles.</returns>
    /// <exception cref="BadInputException">Something cannot be.</exception>
    public IReadOnlyList<IMeasurement> Check(MeasurementOptions options, string reportFolder)
    {
        Require(
            RampUp is null or (>= 0 and <= LongestPhase), $"--ramp-up {RampUp}: must be 0 to {LongestPhase} seconds.");
        Require(
            Hold is null or (> 0 and <= LongestPhase),
            $"--hold {Hold}: must be more than 0, and at most {LongestPhase} seconds.");
        Require(
            RampDown is null or (>= 0 and <= LongestPhase),
            $"--ramp-down {RampDown}: must be 0 to {LongestPhase} seconds.");
        Require(NBomber is null || File.Exists(NBomber), $"--nbomber {NBomber}: there is no such file.");
        ClientProfile[] profiles = [.. Profiles.Select(ProfileCatalog.Find)];
        string[] names = [.. profiles.Select(profile => profile.Name)];
        Require(
            names.Distinct().Count() == names.Length, $"--profile {string.Join(", ", names)}: each name at most once.");
        return [.. profiles.Select(profile => new ClientsMeasurement(PlanOf(profile, options, reportFolder)))];
    }

    private LadderPlan PlanOf(ClientProfile profile, MeasurementOptions options, string reportFolder) => new()
    {
        Profile = profile,
        Steps = StepsOf(profile, TimesOf(profile, options)),
        Generator = NBomber is null ? null : Path.GetFullPath(NBomber),
        ReportFolder = NBomber is null ? null : Path.GetFullPath(reportFolder),
    };

    private IReadOnlyList<StepLoad> StepsOf(ClientProfile profile, StepTimes times)
    {
        IReadOnlyList<double>? clients = Ladder is null
            ? profile.Clients
            : Running.Ladder.Parse("--ladder", Ladder, Running.Ladder.MostClients, whole: true);
        IReadOnlyList<double>? rates = Rate is null
            ? profile.Rates
            : Running.Ladder.Parse("--rate", Rate, Running.Ladder.HighestRate, whole: false);
        return rates is null
            ? LadderPlan.OfClients(clients ?? LadderPlan.FullLadder, times)
            : LadderPlan.OfRates(rates, (int)(clients?[^1] ?? LadderPlan.ClientsAtRate), times);
    }

    private StepTimes TimesOf(ClientProfile profile, MeasurementOptions options)
    {
        StepTimes times = (options.Full ? StepTimes.Full : StepTimes.Quick(options.Duration)).With(profile);
        StepTimes asked = new(
            RampUp is { } up ? TimeSpan.FromSeconds(up) : times.RampUp,
            Hold is { } hold ? TimeSpan.FromSeconds(hold) : times.Hold,
            RampDown is { } down ? TimeSpan.FromSeconds(down) : times.RampDown);
        return NBomber is null ? asked : asked.InWholeSeconds();
    }

    private static string? Text(double? value) => value?.ToString(CultureInfo.InvariantCulture);
}
