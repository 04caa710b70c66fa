using System;
using System.Collections.Generic;
using System.Text;

namespace NatEngine.Rules.Reading;

/// <summary>Goes through the words of a line.</summary>
internal sealed class WordCursor(IReadOnlyList<Word> words, int lineNumber)
{
    private int _next;
    private readonly HashSet<int> _omitted = [];
    private Word? _injected;

    internal bool IsAtEnd => _injected is null && _next == words.Count;

    internal int Position => _next;

    /// <summary>The word after the last one; for a line without words, its beginning.</summary>
    internal Word End => words.Count == 0
        ? new Word("", lineNumber, 1)
        : new Word("", lineNumber, words[^1].Column + words[^1].Text.Length);

    internal Word Next()
    {
        if (_injected is { } word)
        {
            _injected = null;
            return word;
        }

        return words[_next++];
    }

    /// <summary>Makes <paramref name="word"/> the next one.</summary>
    internal void Inject(Word word) => _injected = word;

    /// <summary>Takes the next word if it can be a value: if it is there and begins neither an option nor a negation.
    /// </summary>
    internal bool TryNextPlain(out Word word)
    {
        word = default;
        if (IsAtEnd || (_injected is null && IsOption(words[_next].Text)))
        {
            return false;
        }

        word = Next();
        return true;
    }

    /// <summary>Takes the next word if it is <c>!</c>.</summary>
    internal bool TryNextNegation()
    {
        bool isNegation = _injected is null && _next < words.Count && words[_next].Text == "!";
        _next += isNegation ? 1 : 0;
        return isNegation;
    }

    /// <summary>Passes over words until one begins an option.</summary>
    internal void SkipToOption()
    {
        while (TryNextPlain(out _))
        {
        }
    }

    /// <summary>Leaves the last words that were taken out of <see cref="TextFrom"/>.</summary>
    internal void OmitLast(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            _omitted.Add(_next - i);
        }
    }

    /// <summary>The words from a position on, as they would be written.</summary>
    internal string TextFrom(int start)
    {
        List<string> texts = [];
        for (int i = start; i < words.Count; i++)
        {
            if (!_omitted.Contains(i))
            {
                texts.Add(Written(words[i].Text));
            }
        }

        return string.Join(' ', texts);
    }

    private static string Written(string word)
        => word.Length > 0 && !word.AsSpan().ContainsAny(" \t\"'\\")
            ? word
            : new StringBuilder().Quoted(word).ToString().Substring(1);

    private static bool IsOption(string text) => text == "!" || (text.Length > 1 && text[0] == '-');
}
