using System.Collections.Generic;

namespace NatEngine.Lab;

/// <summary>How a program is started, beyond its arguments.</summary>
public sealed record ProgramOptions
{
    /// <summary>A program started with nothing special.</summary>
    public static ProgramOptions Default { get; } = new();

    /// <summary>Variables added to the environment that the program inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The directory the program starts in; ours if null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The processors it may run on, as <c>taskset -c</c> writes them ("0", "2-5"); all if null.</summary>
    public string? Processors { get; init; }

    /// <summary>What it reads from standard input; nothing if null.</summary>
    public string? Input { get; init; }

    /// <summary>Whether standard input stays open after that, for <see cref="RunningProgram.WriteLine"/>.</summary>
    public bool KeepsInputOpen { get; init; }
}
