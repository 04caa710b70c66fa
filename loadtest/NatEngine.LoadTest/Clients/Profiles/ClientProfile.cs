using System;
using System.Buffers;
using System.Collections.Generic;

namespace NatEngine.LoadTest.Clients.Profiles;

/// <summary>What a crowd of clients does: one activity, or several by weight. The first is the headline: its response
/// times are the profile's.</summary>
internal sealed record ClientProfile
{
    private const double HeaviestWeight = 1_000_000;
    private const double LongestPhase = 3600;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The name, as results call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it stands for, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The activities, at least one.</summary>
    public required IReadOnlyList<Activity> Activities { get; init; }

    /// <summary>The numbers of clients to climb; null if the profile leaves that to the command line.</summary>
    public IReadOnlyList<double>? Clients { get; init; }

    /// <summary>Rates to climb instead, in transactions per second; null for closed loop.</summary>
    public IReadOnlyList<double>? Rates { get; init; }

    /// <summary>How long clients take to join; null if the profile leaves it to the command line.</summary>
    public TimeSpan? RampUp { get; init; }

    /// <summary>How long the load is held, and measured.</summary>
    public TimeSpan? Hold { get; init; }

    /// <summary>How long clients take to leave.</summary>
    public TimeSpan? RampDown { get; init; }

    /// <summary>The text that it was read from, and where from; what a child process reads it from again.</summary>
    public required (string Source, string Text) Origin { get; init; }

    /// <summary>Reads a profile.</summary>
    /// <param name="source">What errors call it.</param>
    /// <param name="name">Its name, unless it says another.</param>
    /// <param name="text">JSON; docs/benchmarking.md has the schema.</param>
    /// <exception cref="BadInputException">Something in it breaks a rule.</exception>
    public static ClientProfile Parse(string source, string name, string text)
    {
        ProfileSection root = ProfileSection.Parse(source, text);
        ProfileSection? load = root.Section("load");
        ClientProfile profile = new()
        {
            Name = WordIn(root, name),
            Description = root.Text("description", string.Empty),
            Clients = load?.Ascending("clients", Running.Ladder.MostClients, whole: true),
            Rates = load?.Ascending("rates", Running.Ladder.HighestRate, whole: false),
            RampUp = Optional(load, "rampUp", mayBeZero: true),
            Hold = Optional(load, "hold", mayBeZero: false),
            RampDown = Optional(load, "rampDown", mayBeZero: true),
            Activities = ReadActivities(root),
            Origin = (source, text),
        };
        load?.RefuseOthers();
        root.RefuseOthers();
        return profile;
    }

    private static List<Activity> ReadActivities(ProfileSection root)
    {
        List<Activity> activities = [];
        foreach (ProfileSection section in root.Sections("activities"))
        {
            Scenarios.IClientScenario scenario = Scenarios.ScenarioCatalog.Read(section);
            string name = WordIn(section, scenario.Kind);
            if (activities.Exists(other => other.Name == name))
            {
                throw section.Wrong("name", $"there are two activities called '{name}': name them apart");
            }

            activities.Add(new Activity(name, scenario, section.Positive("weight", 1, HeaviestWeight)));
            section.RefuseOthers();
        }

        return activities;
    }

    private static TimeSpan? Optional(ProfileSection? load, string key, bool mayBeZero)
    {
        const double Absent = -1;
        TimeSpan? value = load?.Seconds(key, Absent, mayBeZero, LongestPhase);
        return value < TimeSpan.Zero ? null : value;
    }

    private static string WordIn(ProfileSection section, string otherwise)
    {
        string name = section.Text("name", otherwise);
        return name.Length > 0 && name.AsSpan().IndexOfAnyExcept(NameCharacters) < 0
            ? name
            : throw section.Wrong("name", $"'{name}' must be of lower-case letters, digits and '-'");
    }
}
