using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NatEngine.LoadTest.Reports;

/// <summary>What a run knows by now, on a few lines: how far it is, each system's latest headline figures, and what is
/// being done. The first figure of a measurement is its headline.</summary>
/// <param name="command">The command as it was typed.</param>
/// <param name="planned">All that will be measured.</param>
/// <param name="measurements">The measurements that it is made of.</param>
/// <param name="clock">The time.</param>
internal sealed class LiveBoard(
    string command,
    IReadOnlyList<PlannedMeasurement> planned,
    IReadOnlyList<IMeasurement> measurements,
    TimeProvider clock)
{
    private const int BarWidth = 24;

    private readonly Schedule _schedule = new(planned, clock);
    private readonly HashSet<(string System, string Measurement)> _cells =
        [.. planned.Select(each => (each.System, each.Measurement))];

    private readonly Dictionary<(string System, string Figure), string> _values = [];
    private string _system = string.Empty;
    private int _repeat;
    private string _saying = string.Empty;

    /// <summary>A system's turn begins.</summary>
    public void BeginTurn(string system, int repeat)
    {
        _system = system;
        _repeat = repeat;
        _saying = "setting up";
        _schedule.BeginTurn(system, repeat);
    }

    /// <summary>A measurement of this turn begins.</summary>
    public void Begin(string measurement)
    {
        _saying = measurement;
        _schedule.Begin(_system, _repeat, measurement);
    }

    /// <summary>Something is being done in its course.</summary>
    public void Say(string what)
        => _saying = _schedule.Current is { } current ? $"{current.Measurement}: {what}" : what;

    /// <summary>A figure was measured.</summary>
    public void Add(Sample sample, Figure figure)
    {
        string unit = figure.ScaledUnit.Length == 0 ? string.Empty : " " + figure.ScaledUnit;
        string doubt = sample.Remarks.Count == 0 ? string.Empty : " [yellow]![/]";
        _values[(sample.System, figure.Name)] =
            Markup.Escape(ReportTable.Number(sample.Value / figure.Scale) + unit) + doubt;
    }

    /// <summary>Something could not be measured.</summary>
    public void Add(Failure failure)
    {
        if (measurements.FirstOrDefault(each => each.Name == failure.Step) is { } failed)
        {
            _values[(failure.System, failed.Figures[0].Name)] = "[red]failed[/]";
        }
    }

    /// <summary>Lays it out as it stands.</summary>
    public IRenderable Draw() => new Rows(Progress(), Figures(), Doing());

    private Markup Progress()
    {
        int filled = _schedule.Total == 0 ? 0 : BarWidth * _schedule.Done / _schedule.Total;
        string left = _schedule.Remaining() is { } rest ? $"about {Clock(rest)} left" : "no telling yet how long";
        return new Markup(
            $"[bold]natload {Markup.Escape(command)}[/]  [green]{new string('━', filled)}[/]"
                + $"[grey]{new string('━', BarWidth - filled)}[/]  {_schedule.Done} of {_schedule.Total}  "
                + $"[grey]{Clock(_schedule.Elapsed)} gone, {left}[/]");
    }

    private Table Figures()
    {
        string[] systems = [.. planned.Select(each => each.System).Distinct()];
        Table table = new Table().Border(TableBorder.Horizontal).BorderColor(Color.Grey);
        table.AddColumn(new TableColumn(string.Empty));
        foreach (string system in systems)
        {
            string style = system == _system ? "bold" : "grey";
            table.AddColumn(new TableColumn($"[{style}]{Markup.Escape(system)}[/]").RightAligned());
        }

        foreach (IMeasurement measurement in measurements)
        {
            Figure headline = measurement.Figures[0];
            table.AddRow(
            [
                Markup.Escape(headline.Title), .. systems.Select(system => Cell(system, measurement.Name, headline)),
            ]);
        }

        return table;
    }

    private string Cell(string system, string measurement, Figure headline)
    {
        if (!_cells.Contains((system, measurement)))
        {
            return "[grey]–[/]";
        }

        bool now = _schedule.Current is { } current && current.System == system && current.Measurement == measurement;
        string value = _values.GetValueOrDefault((system, headline.Name), string.Empty);
        return now ? $"{value} [green]▸[/]".TrimStart() : value.Length == 0 ? "[grey]·[/]" : value;
    }

    private Markup Doing() => new($"{Markup.Escape(_system)} ({_repeat}) [grey]{Markup.Escape(_saying)}[/]");

    private static string Clock(TimeSpan time) => time < TimeSpan.FromHours(1)
        ? $"{(int)time.TotalMinutes}:{time.Seconds:00}"
        : $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}";
}
