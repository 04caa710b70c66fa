using System;
using System.IO;
using NatEngine.LoadTest.Comparison;
using NatEngine.LoadTest.Results;
using Spectre.Console;

namespace NatEngine.LoadTest.Reports;

/// <summary>The terminal that people see results on, or the file or pipe in its place.</summary>
internal static class Terminal
{
    // Lines in a file do not end where some terminal would.
    private const int WidthOfFiles = 160;

    /// <summary>Opens standard output: plain if it is no terminal, if the terminal can do nothing
    /// (<c>TERM=dumb</c>), or if the user wants it so (<c>NO_COLOR</c>).</summary>
    public static IAnsiConsole Open()
    {
        if (Console.IsOutputRedirected)
        {
            return ForFile(Console.Out);
        }

        string? term = Environment.GetEnvironmentVariable("TERM");
        bool plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            || string.IsNullOrEmpty(term) || term == "dumb";
        return plain ? Plain(Console.Out) : AnsiConsole.Console;
    }

    /// <summary>Writes plain text, without colours and cursor movements.</summary>
    public static IAnsiConsole ForFile(TextWriter writer)
    {
        IAnsiConsole console = Plain(writer);
        console.Profile.Width = WidthOfFiles;
        return console;
    }

    /// <summary>Runs a comparison and shows how it gets on: lines, and below them, on a terminal that can move its
    /// cursor, a board with each system's latest figures and the time that is left.</summary>
    public static ComparisonResult Watch(
        IAnsiConsole console,
        ComparisonOptions options,
        ComparisonPlan plan,
        Func<IComparisonProgress, ComparisonResult> work)
    {
        TerminalProgress lines = new(console, options.Repeats);
        if (!console.Profile.Capabilities.Ansi)
        {
            return work(lines);
        }

        LiveBoard board = new(
            plan.Command, ComparisonRun.Planned(options, plan), plan.Measurements, TimeProvider.System);
        return LiveProgress.Show(console, lines, board, work);
    }

    private static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });
}
