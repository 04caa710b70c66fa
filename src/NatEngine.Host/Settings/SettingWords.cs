using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Translation;

namespace NatEngine.Host.Settings;

/// <summary>The words of natengine.json for the values of enumerations, in both directions, and the presets.</summary>
internal static class SettingWords
{
    /// <summary>The presets.</summary>
    internal static readonly IReadOnlyDictionary<string, TranslationBehavior> Presets
        = new Dictionary<string, TranslationBehavior>
        {
            ["default"] = TranslationBehavior.Default,
            ["full-cone"] = TranslationBehavior.FullCone,
            ["cgn"] = TranslationBehavior.Cgn,
            ["symmetric"] = TranslationBehavior.Symmetric,
            ["netfilter"] = TranslationBehavior.Netfilter,
        };

    /// <summary>The timers that go with a preset.</summary>
    internal static TimerOptions TimersOf(string preset)
        => Presets[preset] == TranslationBehavior.Netfilter ? TimerOptions.Netfilter : new TimerOptions();

    /// <summary>A value's word: <c>EndpointIndependent</c> is endpoint-independent.</summary>
    internal static string Of<T>(T value)
        where T : struct, Enum
        => string.Concat(value.ToString().Select((letter, index)
            => (index > 0 && char.IsUpper(letter) ? "-" : string.Empty) + char.ToLowerInvariant(letter)));

    /// <summary>The value of a word, in whichever case.</summary>
    internal static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        value = Enum.GetValues<T>().FirstOrDefault(one => IsWordOf(one, text));
        return IsWordOf(value, text);
    }

    /// <summary>What must be one of the words.</summary>
    internal static string Rule<T>()
        where T : struct, Enum
        => Rule(Enum.GetValues<T>().Select(Of));

    /// <summary>What must be one of <paramref name="words"/>.</summary>
    internal static string Rule(IEnumerable<string> words) => $"must be one of {string.Join(", ", words)}";

    private static bool IsWordOf<T>(T value, string text)
        where T : struct, Enum
        => text.Equals(Of(value), StringComparison.OrdinalIgnoreCase);
}
