using System;
using System.Buffers;
using System.Globalization;
using System.Text;

namespace NatEngine.Rules;

/// <summary>Appends words the way that iptables-save does.</summary>
internal static class RuleWords
{
    // xtables_save_string: what consists of these stands without quotes.
    private static readonly SearchValues<char> Unquoted =
        SearchValues.Create("_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Appends a word that needs no quotes.</summary>
    internal static StringBuilder Word(this StringBuilder text, string word) => text.Append(' ').Append(word);

    /// <summary>Appends <c>option value</c>.</summary>
    internal static StringBuilder Option<T>(this StringBuilder text, string option, T value)
        => text.Append(CultureInfo.InvariantCulture, $" {option} {value}");

    /// <summary>Appends <c>option</c> if it is chosen.</summary>
    internal static StringBuilder Flag(this StringBuilder text, string option, bool chosen)
        => chosen ? text.Word(option) : text;

    /// <summary>Appends <c>[!] option value</c> if there is a condition.</summary>
    internal static StringBuilder Option<T>(this StringBuilder text, string option, Condition<T>? condition)
        => condition is { } given ? text.Option(option, given) : text;

    /// <summary>Appends <c>[!] option value</c>.</summary>
    internal static StringBuilder Option<T>(this StringBuilder text, string option, Condition<T> condition)
        => text.Flag("!", condition.IsNegated).Option(option, condition.Value);

    /// <summary>Appends free text, in quotes unless it is one plain word.</summary>
    internal static StringBuilder Quoted(this StringBuilder text, string value)
    {
        text.Append(' ');
        if (value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Unquoted))
        {
            return text.Append(value);
        }

        text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\' or '\'')
            {
                text.Append('\\');
            }

            text.Append(c);
        }

        return text.Append('"');
    }
}
