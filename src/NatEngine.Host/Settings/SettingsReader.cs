using System;
using System.Collections.Generic;
using System.Globalization;

namespace NatEngine.Host.Settings;

/// <summary>Reads settings from the command line, then the file, then their defaults, and collects what is wrong with
/// them instead of stopping at the first fault.</summary>
/// <param name="commandLine">The values that the command line gave, by <see cref="SettingKey.Path"/>.</param>
/// <param name="file">The file; null if none was given.</param>
/// <param name="fileIsMissing">Whether there should have been one: what is not given may stand in it.</param>
/// <param name="faults">Receives a fault for each bad value.</param>
internal sealed class SettingsReader(
    IReadOnlyDictionary<string, IReadOnlyList<string>> commandLine,
    SettingsFile? file,
    bool fileIsMissing,
    ICollection<SettingFault> faults)
{
    /// <summary>Reads one value from its text.</summary>
    internal delegate bool Parser<T>(string text, out T value);

    /// <summary>Where a setting's value comes from, or would be set, in the words of a message.</summary>
    internal string Locate(SettingKey key)
    {
        if (commandLine.ContainsKey(key.Path) || file?.Find(key) is null)
        {
            return key.Option ?? key.Path;
        }

        return file.Locate(key);
    }

    /// <summary>How many pools the file lists.</summary>
    internal int CountPools() => file?.CountPools() ?? 0;

    /// <summary>True if somebody has set it.</summary>
    internal bool IsGiven(SettingKey key) => Find(key) is not null;

    /// <summary>The text of a setting that has no default.</summary>
    internal string Required(SettingKey key, string rule)
    {
        string? text = Find(key) is [.., string last] ? last : null;
        if (string.IsNullOrEmpty(text) && !fileIsMissing)
        {
            faults.Add(new SettingFault(Locate(key), key.Noun, text, rule));
        }

        return text ?? string.Empty;
    }

    /// <summary>The value of a setting.</summary>
    internal T Read<T>(SettingKey key, T defaultValue, Parser<T> parser, string rule)
    {
        if (Find(key) is not [.., string text])
        {
            return defaultValue;
        }

        if (parser(text, out T value))
        {
            return value;
        }

        faults.Add(new SettingFault(Locate(key), key.Noun, text, rule));
        return defaultValue;
    }

    /// <summary>Takes note that a setting is missing, or not as others need it.</summary>
    internal void Refuse(SettingKey key, string rule)
        => faults.Add(new SettingFault(Locate(key), key.Noun, Find(key) is [.., string last] ? last : null, rule));

    /// <summary>A whole number between bounds.</summary>
    internal int ReadNumber(SettingKey key, int defaultValue, int least, int most)
        => Read(
            key,
            defaultValue,
            (string text, out int value)
                => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                    && value >= least && value <= most,
            string.Create(CultureInfo.InvariantCulture, $"must be a whole number, {least} to {most}"));

    /// <summary>True or false.</summary>
    internal bool ReadSwitch(SettingKey key, bool defaultValue)
        => Read<bool>(key, defaultValue, bool.TryParse, "must be true or false");

    /// <summary>One of the words for the values of an enumeration.</summary>
    internal T ReadWord<T>(SettingKey key, T defaultValue)
        where T : struct, Enum
        => Read<T>(key, defaultValue, SettingWords.TryParse, SettingWords.Rule<T>());

    /// <summary>A whole number of seconds between bounds.</summary>
    internal TimeSpan ReadSeconds(SettingKey key, TimeSpan defaultValue, TimeSpan least, TimeSpan most)
        => TimeSpan.FromSeconds(ReadNumber(
            key, (int)defaultValue.TotalSeconds, (int)least.TotalSeconds, (int)most.TotalSeconds));

    /// <summary>The values of a setting that takes several.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="parser">Reads one of them.</param>
    /// <param name="rule">What each must be.</param>
    internal IReadOnlyList<T> ReadList<T>(SettingKey key, Parser<T> parser, string rule)
    {
        List<T> values = [];
        foreach (string entry in Find(key) ?? [])
        {
            foreach (string text in entry.Split(',', StringSplitOptions.TrimEntries))
            {
                if (parser(text, out T value))
                {
                    values.Add(value);
                }
                else
                {
                    faults.Add(new SettingFault(Locate(key), key.Noun, text, rule));
                }
            }
        }

        return values;
    }

    private IReadOnlyList<string>? Find(SettingKey key)
        => commandLine.TryGetValue(key.Path, out IReadOnlyList<string>? values) ? values : file?.Find(key);
}
