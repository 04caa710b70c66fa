using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NatEngine.Architecture.Tests;

/// <summary>What every C# file keeps to.</summary>
internal static partial class SourceRules
{
    private const int MaxLines = 300;
    private const int MaxColumns = 120;

    /// <summary>The rules that a file breaks.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
        => [.. UnsafeCode(file), .. Size(file), .. Shape(file)];

    private static IEnumerable<string> UnsafeCode(SourceFile file)
    {
        bool isDevices = file.Path.StartsWith("src/NatEngine.Devices/", StringComparison.Ordinal)
            || file.Path.StartsWith("tests/NatEngine.Devices.Tests/", StringComparison.Ordinal);
        bool mayBeUnsafe = isDevices || file.IsNamed(".Unsafe.cs");
        string code = file.Code;
        if (!mayBeUnsafe && UnsafeWord().IsMatch(code))
        {
            yield return $"{file.Path} is unsafe: only NatEngine.Devices and *.Unsafe.cs files may be.";
        }

        // Each of them says above its code what makes it safe: that no one may have to guess.
        if (file.IsNamed(".Unsafe.cs") && !SafetyWord().IsMatch(file.Text))
        {
            yield return $"{file.Path} does not state what makes it safe.";
        }
    }

    private static IEnumerable<string> Size(SourceFile file)
    {
        string[] lines = file.Lines;
        if (lines.Length > MaxLines)
        {
            yield return $"{file.Path} has {lines.Length} lines; {MaxLines} are enough.";
        }

        for (int number = 1; number <= lines.Length; number++)
        {
            if (lines[number - 1].Length > MaxColumns)
            {
                yield return $"{file.Path}:{number} has {lines[number - 1].Length} columns; {MaxColumns} are enough.";
            }
        }
    }

    private static IEnumerable<string> Shape(SourceFile file)
    {
        string code = file.Code;
        int types = TypesAtTopLevel(code);
        if (types > 1)
        {
            yield return $"{file.Path} declares {types} types; one a file.";
        }

        if (Region().IsMatch(code))
        {
            yield return $"{file.Path} has a region.";
        }

        if (Promise().IsMatch(file.Text))
        {
            yield return $"{file.Path} leaves something to be done: do it, or open an issue.";
        }
    }

    // With file-scoped namespaces, a type at top level is one outside of all braces.
    private static int TypesAtTopLevel(string code)
    {
        int depth = 0;
        string topLevel = string.Concat(code.Where(c =>
        {
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            return depth == 0;
        }));
        return TypeDeclaration().Count(topLevel);
    }

    [GeneratedRegex(@"\bunsafe\b")]
    private static partial Regex UnsafeWord();

    [GeneratedRegex(@"makes? (this|it|them|that) safe")]
    private static partial Regex SafetyWord();

    [GeneratedRegex(@"^\s*#\s*region", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"//.*\b(T[O]DO|F[I]XME|H[A]CK|X[X]X)\b")]
    private static partial Regex Promise();

    [GeneratedRegex(@"\b(class|struct|interface|enum|delegate \w+|record(?! (class|struct)\b))\s+[A-Z]\w*")]
    private static partial Regex TypeDeclaration();
}
