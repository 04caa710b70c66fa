using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Memory;

/// <summary>How much memory a system holds with no session, and with ever more of them that were really opened through
/// it.</summary>
internal sealed class MemoryMeasurement(MemorySettings settings) : IMeasurement
{
    /// <summary>How the command line calls it.</summary>
    public const string MeasurementName = "memory";

    // What is missing of a level makes no other figure of it.
    private const double Whole = 0.99;

    private const double Mebi = 1 << 20;

    private static readonly Figure PerSession = new(
        "memory-per-session", "memory per session", "octets", Better.Lower, 1, "octets");

    /// <inheritdoc/>
    public string Name => MeasurementName;

    /// <inheritdoc/>
    public bool WantsFreshSystem => true;

    /// <inheritdoc/>
    public IReadOnlyList<Figure> Figures { get; } =
        [PerSession, FigureOf(0), .. settings.Sessions.Select(FigureOf)];

    /// <inheritdoc/>
    public IReadOnlyList<string> Programs { get; } = ["nft"];

    /// <inheritdoc/>
    public bool AppliesTo(ISystemUnderTest system) => system.Translates;

    /// <inheritdoc/>
    public Outcome Measure(Turn turn)
    {
        int most = settings.Sessions[^1];
        using TesterBench bench = TesterBench.Open(turn, MemorySettings.SpaceOf(most, turn.Seed));
        SessionOpening opening = new(bench, settings.OpenRate);
        opening.WarmUp();
        Footprint empty = Footprint.Read(turn.System)
            ?? throw new MeasurementException($"{turn.System.Name} does not say what memory it holds.");
        List<Reading> readings = [new Reading(FigureOf(0), empty.ResidentOctets, empty.ToDetails(), [])];
        List<Footprint> levels = [empty];
        List<string> findings = [];
        foreach (int sessions in settings.Sessions)
        {
            opening.OpenUpTo(sessions);
            Footprint level = Footprint.Read(turn.System)!;
            levels.Add(level);
            turn.Say($"{level.Sessions:N0} sessions: {level.ResidentOctets / Mebi:N1} MiB");
            if (level.Sessions < Whole * sessions)
            {
                findings.Add(Text($"Holds {level.Sessions:N0} sessions when {sessions:N0} are opened."));
                break;
            }

            readings.Add(new Reading(FigureOf(sessions), level.ResidentOctets, level.ToDetails(), []));
        }

        Footprint largest = levels[^1];
        findings.Add(Describe(empty, largest));
        readings.Insert(0, new Reading(PerSession, Share(empty, largest), largest.ToDetails(), []));
        bench.Forget();
        return new Outcome(readings) { Curves = [CurveOf(levels)], Findings = findings };
    }

    private static double Share(Footprint empty, Footprint largest)
        => (largest.ResidentOctets - empty.ResidentOctets) / (double)Math.Max(1, largest.Sessions - empty.Sessions);

    private static string Describe(Footprint empty, Footprint largest) => string.Create(
        CultureInfo.InvariantCulture,
        $"Holds {empty.ResidentOctets / Mebi:N1} MiB without sessions and {largest.ResidentOctets / Mebi:N1} MiB with "
            + $"{largest.Sessions:N0}: {Share(empty, largest):N0} octets for each.");

    private static Curve CurveOf(IReadOnlyList<Footprint> levels) => new()
    {
        Name = "memory-sessions",
        Title = "Memory by the number of sessions",
        X = new Axis("sessions", "sessions"),
        Y = new Axis("memory", "octets"),
        Points = [.. levels.Select(level => new CurvePoint(level.Sessions, level.ResidentOctets))],
    };

    private static Figure FigureOf(int sessions) => new(
        string.Create(CultureInfo.InvariantCulture, $"memory-{sessions}"),
        sessions == 0 ? "memory without sessions" : Text($"memory with {sessions:N0} sessions"),
        "octets",
        Better.Lower,
        Mebi,
        "MiB");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
