using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Memory;

namespace NatEngine.LoadTest.CommandLine;

/// <summary><c>natload memory</c>: what sessions cost, and whether memory stays what it is while they come and go.
/// </summary>
internal static class MemoryCommand
{
    private const string MaxSessions = "--max-sessions";

    // natengine's own default holds the default levels.
    private const int HeldByDefault = 1 << 20;

    private static readonly MemorySettings Defaults = new();

    private static readonly RunOptions Run = new(new RunRequest
    {
        Systems = "natengine,natengine:symmetric,netfilter",
        Repeats = 1,
    });

    private static readonly Option<string> Sessions = new("--sessions")
    {
        Description = "Numbers of sessions, ascending, with commas (10000000 takes minutes).",
        DefaultValueFactory = _ => string.Join(',', Defaults.Sessions),
    };

    private static readonly Option<double> OpenRate = new("--open-rate")
    {
        Description = "Sessions opened per second.",
        DefaultValueFactory = _ => Defaults.OpenRate,
    };

    private static readonly Option<string?> Churn = new("--churn")
    {
        Description = "Instead: let sessions come and go for so long, such as 90s, 10m or 1h, and watch memory.",
    };

    private static readonly Option<int> ChurnRate = new("--churn-rate")
    {
        Description = "Sessions per second that come and go.",
        DefaultValueFactory = _ => Defaults.ChurnRate,
    };

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new("memory", "Measures what memory sessions take, and whether it stays what it is.")
        {
            Sessions, OpenRate, Churn, ChurnRate,
        };
        Run.AddTo(command);
        command.SetAction(parsed =>
        {
            MemorySettings settings = SettingsOf(parsed);
            return Comparing.Run(WithRoom(Run.Read(parsed), settings), _ => PlanOf(settings));
        });
        return command;
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="BadInputException">An option asks for something that cannot be.</exception>
    internal static MemorySettings SettingsOf(ParseResult parsed)
    {
        MemorySettings settings = new()
        {
            Sessions = Numbers.Ascending("--sessions", parsed.GetRequiredValue(Sessions)),
            OpenRate = parsed.GetRequiredValue(OpenRate),
            Churn = parsed.GetValue(Churn) is { } text ? ParseTime(text) : null,
            ChurnRate = parsed.GetRequiredValue(ChurnRate),
        };
        settings.Check();
        return settings;
    }

    /// <summary>Gives every natengine room for the sessions, unless it was said how many it has.</summary>
    internal static RunRequest WithRoom(RunRequest request, MemorySettings settings)
    {
        int most = settings.Churn is null ? settings.Sessions[^1] : 0;
        bool said = request.Defined.Append(request.NatEngineOptions)
            .Any(options => options.Contains(MaxSessions, StringComparison.Ordinal));
        return most <= HeldByDefault || said
            ? request
            : request with
            {
                NatEngineOptions = string.Create(
                    CultureInfo.InvariantCulture, $"{request.NatEngineOptions} {MaxSessions} {most + (most / 100)}"),
            };
    }

    /// <summary>Reads "90s", "10m" or "1h".</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    internal static TimeSpan ParseTime(string text)
    {
        Dictionary<char, int> units = new() { ['s'] = 1, ['m'] = 60, ['h'] = 3600 };
        return text.Length > 1
            && units.TryGetValue(text[^1], out int seconds)
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number is >= 1 and <= 100_000
                ? TimeSpan.FromSeconds((double)number * seconds)
                : throw new BadInputException($"--churn '{text}': must be a time such as 90s, 10m or 1h.");
    }

    private static ComparisonPlan PlanOf(MemorySettings settings)
    {
        IMeasurement measurement = settings.Churn is null
            ? new MemoryMeasurement(settings)
            : new ChurnMeasurement(settings);
        return new ComparisonPlan("memory", [measurement]) { OwnOptions = settings.ToDictionary() };
    }
}
