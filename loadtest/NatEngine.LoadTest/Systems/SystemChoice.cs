using System;
using System.Collections.Generic;
using System.Linq;
using static NatEngine.LoadTest.BadInputException;

namespace NatEngine.LoadTest.Systems;

/// <summary>A system that was asked for: which kind, configured how, and called what.</summary>
/// <param name="Label">How the results call it; no two of a run are called the same.</param>
/// <param name="Kind">One of <see cref="SystemCatalog.Kinds"/>.</param>
/// <param name="Options">Options of its own: further ones of <c>natengine run</c>, or flags of nft's
/// <c>masquerade</c>.</param>
internal sealed record SystemChoice(string Label, string Kind, IReadOnlyList<string> Options)
{
    /// <summary>How it was defined with options of its own, "LABEL=KIND OPTIONS"; null if it was taken from the list.
    /// </summary>
    public string? Definition { get; private init; }

    private static readonly string[] Presets = ["default", "full-cone", "cgn", "symmetric", "netfilter"];

    private static readonly string[] MasqueradeFlags = ["random", "fully-random", "persistent"];

    /// <summary>Reads a list such as "natengine,natengine:symmetric,netfilter:fully-random": kinds, each with a preset
    /// or a flag behind a colon if it has such.</summary>
    /// <exception cref="BadInputException">There is no such system or variant.</exception>
    public static IReadOnlyList<SystemChoice> ParseList(string text)
        => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(ParseName)];

    /// <summary>Reads "LABEL=KIND OPTIONS…", such as "v3=natengine --ring v3".</summary>
    /// <exception cref="BadInputException">That is not what it says.</exception>
    public static SystemChoice ParseDefinition(string text)
    {
        string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        string[] words = parts.Length < 2 ? [] : parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Require(
            words.Length != 0 && parts[0].Length != 0 && !parts[0].Contains(','),
            $"--system '{text}': must be LABEL=KIND OPTIONS, such as \"v3=natengine --ring v3\", without a comma in "
                + "the label.");
        Require(
            SystemCatalog.Kinds.Contains(words[0]),
            $"--system '{text}': '{words[0]}' must be of {string.Join(", ", SystemCatalog.Kinds)}.");
        SystemChoice choice = new(parts[0], words[0], words[1..]) { Definition = text };
        switch (choice.Kind)
        {
            case NatEngineSystem.SystemName:
                break;
            case NetfilterSystem.SystemName:
                string? unknown = choice.Options.FirstOrDefault(flag => !MasqueradeFlags.Contains(flag));
                Require(
                    unknown is null,
                    $"--system '{text}': '{unknown}' must be of {string.Join(", ", MasqueradeFlags)}.");
                break;
            default:
                Require(choice.Options.Count == 0, $"--system '{text}': {choice.Kind} has no options.");
                break;
        }

        return choice;
    }

    private static SystemChoice ParseName(string name)
    {
        string[] parts = name.Split(':', 2);
        Require(
            SystemCatalog.Kinds.Contains(parts[0]),
            $"--systems '{name}': must be of {string.Join(", ", SystemCatalog.Kinds)}.");
        if (parts.Length == 1)
        {
            return new SystemChoice(name, name, []);
        }

        (string[] variants, string[] options) = parts[0] switch
        {
            NatEngineSystem.SystemName => (Presets, ["--preset", parts[1]]),
            NetfilterSystem.SystemName => (MasqueradeFlags, (string[])[parts[1]]),
            _ => ([], []),
        };
        Require(variants.Length != 0, $"--systems '{name}': {parts[0]} has no variants.");
        Require(
            variants.Contains(parts[1]),
            $"--systems '{name}': '{parts[1]}' must be of {string.Join(", ", variants)}.");
        return new SystemChoice(name, parts[0], options);
    }
}
