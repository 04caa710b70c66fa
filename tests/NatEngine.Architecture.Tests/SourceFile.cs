using System;

namespace NatEngine.Architecture.Tests;

/// <summary>A C# file.</summary>
/// <param name="Path">Where it stands, from the root of the repository.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The file's lines.</summary>
    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The file with comments, strings and characters blanked out, so that a word found is a word of
    /// code.</summary>
    public string Code => CodeText.Of(Text);

    /// <summary>True if the file's name ends so.</summary>
    public bool IsNamed(string ending) => Path.EndsWith(ending, StringComparison.Ordinal);
}
