using System;
using System.CommandLine;
using System.IO;
using NatEngine.LoadTest.Clients.Ladders;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.CommandLine;
using NatEngine.LoadTest.Comparison;

namespace NatEngine.LoadTest.Clients.Commands;

/// <summary><c>natload clients</c>: how many users does it bear?</summary>
internal static class ClientsCommand
{
    private static readonly ClientsRequest Defaults = new();

    private static readonly Option<string[]> Profile = new("--profile")
    {
        Description = $"What clients do: {string.Join(", ", ProfileCatalog.Names)}, or a JSON file. May be repeated.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => [.. Defaults.Profiles],
    };

    private static readonly Option<string?> Ladder = new("--ladder")
    {
        Description = "Numbers of clients, ascending, with commas "
            + $"[the profile's, or {string.Join(',', LadderPlan.FullLadder)}].",
    };

    private static readonly Option<string?> Rate = new("--rate")
    {
        Description = "Transactions per second, ascending, with commas: begun at this rate whether earlier ones have "
            + $"ended or not, by the last number of --ladder [{LadderPlan.ClientsAtRate}] clients in turn.",
    };

    private static readonly Option<double?> RampUp = new("--ramp-up")
    {
        Description = "Seconds until all have joined.",
    };

    private static readonly Option<double?> Hold = new("--hold") { Description = "Seconds that each step counts." };

    private static readonly Option<double?> RampDown = new("--ramp-down")
    {
        Description = "Seconds until all have left.",
    };

    private static readonly Option<string?> NBomber = new("--nbomber")
    {
        Description = "Run the clients on NBomber: the program NatEngine.LoadTest.NBomber, built with "
            + "-p:UseNBomber=true.",
        HelpName = "PATH",
    };

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        RunOptions run = new(new RunRequest { Repeats = 1 });
        Command command = new("clients", "Climbs from one client to a thousand, and finds where it gets slow.")
        {
            Profile, Ladder, Rate, RampUp, Hold, RampDown, NBomber,
        };
        run.AddTo(command);
        command.SetAction(parsed =>
        {
            RunRequest request = run.Read(parsed);
            ClientsRequest clients = Read(parsed);
            return Comparing.Run(
                request,
                options => new ComparisonPlan("clients", clients.Check(options, ReportFolder(request)))
                {
                    OwnOptions = clients.ToDictionary(),
                });
        });
        return command;
    }

    private static ClientsRequest Read(ParseResult parsed) => new()
    {
        Profiles = parsed.GetRequiredValue(Profile),
        Ladder = parsed.GetValue(Ladder),
        Rate = parsed.GetValue(Rate),
        RampUp = parsed.GetValue(RampUp),
        Hold = parsed.GetValue(Hold),
        RampDown = parsed.GetValue(RampDown),
        NBomber = parsed.GetValue(NBomber),
    };

    // Beside the results if they have a place; NBomber deletes the folder that it is given, so each step has a new one.
    private static string ReportFolder(RunRequest request) => request.Out is { } folder
        ? Path.Combine(folder, "nbomber")
        : Path.Combine("results", $"{DateTime.Now:yyyyMMdd-HHmmss}-nbomber");
}
