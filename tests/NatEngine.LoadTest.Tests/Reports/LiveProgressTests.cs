using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Reports;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Tests.Comparison;
using Spectre.Console;

namespace NatEngine.LoadTest.Tests.Reports;

public sealed class LiveProgressTests : IDisposable
{
    private static readonly IMeasurement[] Measurements =
        [MeasurementCatalog.Create("udp-200", Options), MeasurementCatalog.Create("ports", Options)];

    private static readonly PlannedMeasurement[] Planned =
    [
        new("generator", 1, "udp-200"),
        new("natengine", 1, "udp-200"), new("natengine", 1, "ports"),
        new("netfilter", 1, "udp-200"), new("netfilter", 1, "ports"),
    ];

    private readonly StringWriter _screen = new();
    private readonly HandClock _clock = new();

    private static MeasurementOptions Options => new(TimeSpan.FromSeconds(1), Full: false);

    private static Figure Forwarding => Measurements[0].Figures[0];

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void Shows_what_each_system_reached_and_what_is_still_to_come()
    {
        LiveBoard board = BoardInTheMiddle();

        string[] lines = Drawn(board);

        Assert.Contains("natload compare", lines[0], StringComparison.Ordinal);
        Assert.Contains("1 of 5", lines[0], StringComparison.Ordinal);
        Assert.Contains("0:12 gone, about 0:38 left", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => Words(line).SequenceEqual(["generator", "natengine", "netfilter"]));
        string forwarding = lines.Single(line => line.Contains(Forwarding.Title, StringComparison.Ordinal));
        Assert.Equal(["1.05", "M/s", "▸", "·"], Words(forwarding).TakeLast(4));
        string ports = lines.Single(line => line.Contains("UDP connections", StringComparison.Ordinal));
        Assert.Equal(["–", "·", "·"], Words(ports).TakeLast(3));
        Assert.Contains("natengine (1) udp-200: 0.5 M/s lose 3 %", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_seen_in_its_place_and_a_doubt_beside_its_figure()
    {
        LiveBoard board = BoardInTheMiddle();
        board.Add(SampleOf("natengine", 2e6) with { Remarks = ["disturbed"] }, Forwarding);
        board.Begin("ports");
        board.Add(new Failure("natengine", 1, "ports", "it went away"));
        board.BeginTurn("netfilter", 1);

        string[] lines = Drawn(board);

        Assert.Contains(lines, line => line.Contains("2.00 M/s !", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_lines_stay_above_and_the_board_is_taken_away_in_the_end()
    {
        IAnsiConsole console = Terminal();
        ComparisonResult result = LectureExample.Create();

        ComparisonResult returned = LiveProgress.Show(
            console, new TerminalProgress(console, 1), NewBoard(), progress =>
            {
                progress.Begin("generator", 1, 1);
                progress.Begin("udp-200");
                progress.Add(SampleOf("generator", 1.05e6), Forwarding);
                progress.Say("something");
                return result;
            });

        Assert.Same(result, returned);
        string screen = _screen.ToString();
        Assert.Contains(" (1 of 1)\n", screen, StringComparison.Ordinal);
        Assert.Contains("\u001b[J  something", screen, StringComparison.Ordinal); // nothing of the board stays beside
        Assert.Contains("1.05 M/s", screen, StringComparison.Ordinal);
        Assert.Contains("natload compare", screen, StringComparison.Ordinal);
        Assert.Contains("\u001b[?25l", screen, StringComparison.Ordinal); // the cursor is hidden, and shown again
        int shown = screen.LastIndexOf("\u001b[?25h", StringComparison.Ordinal);
        Assert.True(shown > screen.LastIndexOf("natload compare", StringComparison.Ordinal));
    }

    [Fact]
    public void What_breaks_off_a_run_gives_the_cursor_back()
    {
        IAnsiConsole console = Terminal();

        Assert.Throws<InvalidOperationException>(() => LiveProgress.Show(
            console, new TerminalProgress(console, 1), NewBoard(), _ => throw new InvalidOperationException()));

        Assert.Contains("\u001b[?25h", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_beforehand_what_a_run_will_measure()
    {
        ComparisonOptions options = new()
        {
            Systems = [new("netfilter", "netfilter", []), new("forward", "forward", [])],
            Repeats = 2,
            Measurement = Options,
            Seed = 1,
            ResultsFolder = "/nowhere",
            Cores = LoadTest.Machine.CorePlacement.For(2),
        };

        IEnumerable<PlannedMeasurement> planned =
            ComparisonRun.Planned(options, new ComparisonPlan("compare", Measurements));

        // The ports of what does not translate are not measured; the order rotates.
        Assert.Equal(
            [
                new("generator", 1, "udp-200"), new("netfilter", 1, "udp-200"), new("netfilter", 1, "ports"),
                new("forward", 1, "udp-200"),
                new("generator", 2, "udp-200"), new("forward", 2, "udp-200"),
                new("netfilter", 2, "udp-200"), new("netfilter", 2, "ports"),
            ],
            planned);
    }

    private LiveBoard NewBoard() => new("compare", Planned, Measurements, _clock);

    private LiveBoard BoardInTheMiddle()
    {
        LiveBoard board = NewBoard();
        board.BeginTurn("generator", 1);
        board.Begin("udp-200");
        _clock.Pass(TimeSpan.FromSeconds(10));
        board.Add(SampleOf("generator", 1.05e6), Forwarding);
        board.BeginTurn("natengine", 1);
        board.Begin("udp-200");
        board.Say("0.5 M/s lose 3 %");
        _clock.Pass(TimeSpan.FromSeconds(2));
        return board;
    }

    private static Sample SampleOf(string system, double value)
        => new(system, 1, Forwarding.Name, value, new Dictionary<string, double>(), []);

    private static string[] Drawn(LiveBoard board)
    {
        using StringWriter text = new();
        LoadTest.Reports.Terminal.ForFile(text).Write(board.Draw());
        return text.ToString().TrimEnd().Split('\n');
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // What Spectre.Console.Testing has is not to be had in the version that natload uses.
    private IAnsiConsole Terminal()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_screen),
        });
        console.Profile.Width = 120;
        console.Profile.Height = 40;
        return console;
    }
}
