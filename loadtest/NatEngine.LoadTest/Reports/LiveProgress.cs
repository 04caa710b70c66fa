using System;
using System.Threading;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;
using Spectre.Console;

namespace NatEngine.LoadTest.Reports;

/// <summary>Keeps a board at the foot of a terminal while what was measured scrolls away above it.</summary>
internal sealed class LiveProgress : IComparisonProgress
{
    // The board costs a processor well under a millisecond; more often would be seen in what is measured.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TerminalProgress _lines;
    private readonly LiveBoard _board;
    private readonly LiveDisplayContext _display;

    private LiveProgress(TerminalProgress lines, LiveBoard board, LiveDisplayContext display)
    {
        _lines = lines;
        _board = board;
        _display = display;
    }

    /// <summary>Shows a board while something is done, and takes it away again.</summary>
    /// <param name="console">A terminal that can move its cursor.</param>
    /// <param name="lines">What writes the lines above.</param>
    /// <param name="board">The board.</param>
    /// <param name="work">What is done; it tells of its progress.</param>
    public static ComparisonResult Show(
        IAnsiConsole console,
        TerminalProgress lines,
        LiveBoard board,
        Func<IComparisonProgress, ComparisonResult> work)
        => console.Live(board.Draw()).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(display =>
        {
            LiveProgress progress = new(lines, board, display);
            using Timer beat = new(_ => progress.Change(static () => { }), null, Beat, Beat);
            ComparisonResult result = work(progress);

            // A beat that comes late finds no display any more, and must not.
            using ManualResetEvent stopped = new(false);
            beat.Dispose(stopped);
            stopped.WaitOne();
            return result;
        });

    /// <inheritdoc/>
    public void Begin(string system, int repeat, int measurements) => Change(() =>
    {
        _lines.Begin(system, repeat, measurements);
        _board.BeginTurn(system, repeat);
    });

    /// <inheritdoc/>
    public void Begin(string measurement) => Change(() => _board.Begin(measurement));

    /// <inheritdoc/>
    public void Say(string what) => Change(() =>
    {
        _lines.Say(what);
        _board.Say(what);
    });

    /// <inheritdoc/>
    public void Add(Sample sample, Figure figure) => Change(() =>
    {
        _lines.Add(sample, figure);
        _board.Add(sample, figure);
    });

    /// <inheritdoc/>
    public void Add(Finding finding) => Change(() => _lines.Add(finding));

    /// <inheritdoc/>
    public void Add(Failure failure) => Change(() =>
    {
        _lines.Add(failure);
        _board.Add(failure);
    });

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _display.UpdateTarget(_board.Draw());
        }
    }
}
