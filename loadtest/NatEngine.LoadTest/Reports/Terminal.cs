using System;
using System.IO;
using Spectre.Console;

namespace NatEngine.LoadTest.Reports;

/// <summary>The terminal that people see results on, or the file or pipe in its place.</summary>
internal static class Terminal
{
    // Lines in a file do not end where some terminal would.
    private const int WidthOfFiles = 160;

    /// <summary>Opens standard output.</summary>
    public static IAnsiConsole Open() => Console.IsOutputRedirected ? ForFile(Console.Out) : AnsiConsole.Console;

    /// <summary>Writes plain text, without colours and cursor movements.</summary>
    public static IAnsiConsole ForFile(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = WidthOfFiles;
        return console;
    }
}
