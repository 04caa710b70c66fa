using System;
using System.Text;

namespace NatEngine.Architecture.Tests;

/// <summary>Blanks out what is not code. Lines keep their places.</summary>
/// <remarks>Knows comments, and strings of every kind (escaped, verbatim, raw, interpolated). What stands in the holes
/// of an interpolated string is taken for part of the string: good enough for finding keywords.</remarks>
internal static class CodeText
{
    public static string Of(string text)
    {
        StringBuilder code = new(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int end = EndOfNonCode(text, at);
            if (end == at)
            {
                code.Append(text[at++]);
                continue;
            }

            for (; at < end; at++)
            {
                code.Append(text[at] == '\n' ? '\n' : ' ');
            }
        }

        return code.ToString();
    }

    private static int EndOfNonCode(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        if (rest.StartsWith("//"))
        {
            return IndexOrEnd(text, "\n", at);
        }

        if (rest.StartsWith("/*"))
        {
            return After(text, "*/", at + 2);
        }

        if (rest.StartsWith("\"\"\""))
        {
            int quotes = rest.IndexOfAnyExcept('"') is var run and >= 0 ? run : rest.Length;
            return After(text, new string('"', quotes), at + quotes);
        }

        bool verbatim = rest.StartsWith("@\"") || rest.StartsWith("@$\"") || rest.StartsWith("$@\"");
        return verbatim ? EndOfVerbatim(text, text.IndexOf('"', at) + 1)
            : rest[0] is '"' or '\'' ? EndOfEscaped(text, at)
            : at;
    }

    private static int EndOfVerbatim(string text, int at)
    {
        for (; at < text.Length; at++)
        {
            if (text[at] == '"' && (at + 1 == text.Length || text[++at] != '"'))
            {
                return at;
            }
        }

        return at;
    }

    private static int EndOfEscaped(string text, int start)
    {
        for (int at = start + 1; at < text.Length; at++)
        {
            if (text[at] == text[start] || text[at] == '\n')
            {
                return at + 1;
            }

            if (text[at] == '\\')
            {
                at++;
            }
        }

        return text.Length;
    }

    private static int IndexOrEnd(string text, string sought, int from)
        => text.IndexOf(sought, from, StringComparison.Ordinal) is var found and >= 0 ? found : text.Length;

    private static int After(string text, string sought, int from)
        => Math.Min(text.Length, IndexOrEnd(text, sought, from) + sought.Length);
}
