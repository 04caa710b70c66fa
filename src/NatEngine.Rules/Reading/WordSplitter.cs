using System.Collections.Generic;
using System.Text;

namespace NatEngine.Rules.Reading;

/// <summary>Takes a line apart as iptables-restore does (xshared.c, add_param_to_argv): words between blanks; in double
/// quotes blanks count and a backslash makes the next character ordinary. What is typed may also have single quotes, as
/// for a shell.</summary>
internal static class WordSplitter
{
    /// <summary>The words of <paramref name="line"/>.</summary>
    /// <param name="line">The line, or the rest of it.</param>
    /// <param name="lineNumber">Its number.</param>
    /// <param name="start">Where in it to begin, from 0.</param>
    /// <param name="isTyped">True if single quotes are quotes.</param>
    /// <param name="log">Where an open quote is reported.</param>
    internal static List<Word> Split(string line, int lineNumber, int start, bool isTyped, FindingLog log)
    {
        List<Word> words = [];
        for (int at = start; at < line.Length;)
        {
            if (line[at] is ' ' or '\t' or '\r')
            {
                at++;
                continue;
            }

            int column = at + 1;
            string text = Next(line, ref at, isTyped, out bool isOpen);
            Word word = new(text, lineNumber, column);
            words.Add(word);
            if (isOpen)
            {
                log.Error(word, "the quote is not closed");
            }
        }

        return words;
    }

    private static string Next(string line, ref int at, bool isTyped, out bool isOpen)
    {
        isOpen = false;
        int start = at;
        while (at < line.Length && line[at] is not (' ' or '\t' or '\r' or '"' or '\'' or '\\'))
        {
            at++;
        }

        // Nearly every word has neither quotes nor backslashes.
        if (at == line.Length || line[at] is ' ' or '\t' or '\r')
        {
            return line[start..at];
        }

        StringBuilder word = new(line, start, at - start, 64);
        char quote = '\0';
        for (; at < line.Length; at++)
        {
            char c = line[at];
            if (quote == '\0' && c is ' ' or '\t' or '\r')
            {
                break;
            }

            if (c == '\\' && at + 1 < line.Length && (quote == '"' || (isTyped && quote == '\0')))
            {
                word.Append(line[++at]);
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && (c == '"' || (isTyped && c == '\'')))
            {
                quote = c;
            }
            else
            {
                word.Append(c);
            }
        }

        isOpen = quote != '\0';
        return word.ToString();
    }
}
