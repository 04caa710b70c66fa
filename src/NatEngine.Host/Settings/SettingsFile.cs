using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace NatEngine.Host.Settings;

/// <summary>What a natengine.json says, as text, key by key.</summary>
internal sealed class SettingsFile
{
    private readonly IConfigurationRoot _root;

    private SettingsFile(string path, IConfigurationRoot root)
    {
        Path = path;
        _root = root;
    }

    /// <summary>Where the file is.</summary>
    internal string Path { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="faults">Receives a fault for each key that is no setting.</param>
    /// <returns>Null, with the reason among <paramref name="faults"/>, if it can't be read or is not JSON.</returns>
    internal static SettingsFile? Load(string path, ICollection<SettingFault> faults)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            SettingsFile file = new(path, new ConfigurationBuilder().AddJsonStream(stream).Build());
            file.FindUnknownKeys(faults);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add(new SettingFault("--config", "file", path, error.Message));
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            faults.Add(new SettingFault(path, "not a JSON object", null, Describe(error)));
        }

        return null;
    }

    /// <summary>The values of a setting; null if the file does not have it.</summary>
    internal IReadOnlyList<string>? Find(SettingKey key)
    {
        IConfigurationSection section = _root.GetSection(key.Path);

        // An empty list is an empty text to the configuration library.
        if (section.Value is string value && !(key.IsList && value.Length == 0))
        {
            return [value];
        }

        List<string> values = [.. section.GetChildren().Select(child => child.Value).OfType<string>()];
        return values.Count > 0 ? values : null;
    }

    /// <summary>How many pools there are in the list.</summary>
    internal int CountPools() => _root.GetSection(SettingKey.Pools).GetChildren().Count();

    /// <summary>Every value of the file as text, by its full path, the index of an element of a list included.
    /// </summary>
    internal IEnumerable<KeyValuePair<string, string>> Leaves()
        => _root.AsEnumerable().Where(entry => entry.Value is not null)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value!));

    /// <summary>How a message names a setting of this file.</summary>
    internal string Locate(SettingKey key) => $"{Path}, key {key.Path}";

    // JsonException counts lines and octets from 0, editors from 1.
    private static string Describe(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is JsonException { LineNumber: long line, BytePositionInLine: long octet })
            {
                int end = cause.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
                string reason = end < 0 ? cause.Message : cause.Message[..end];
                return string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {octet + 1}: {reason}");
            }
        }

        return error.Message;
    }

    private void FindUnknownKeys(ICollection<SettingFault> faults)
    {
        foreach ((string path, string? value) in
            _root.AsEnumerable().OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            // Only leaves carry a value; an empty or absent list is a leaf with none.
            if (value is not null && !IsKnown(path) && !IsEmptySection(path, value))
            {
                faults.Add(new SettingFault(Path, "key", path, Misplaced(path)));
            }
        }
    }

    private static bool IsKnown(string path) => IsKnown(path, KeysAt(path));

    private static bool IsKnown(string path, IEnumerable<SettingKey> keys) => keys.Any(key => key.IsList
        ? string.Equals(path, key.Path, StringComparison.OrdinalIgnoreCase) || IsElement(path, key)
        : string.Equals(path, key.Path, StringComparison.OrdinalIgnoreCase));

    private static bool IsEmptySection(string path, string value)
        => value.Length == 0
            && (string.Equals(path, SettingKey.Pools, StringComparison.OrdinalIgnoreCase)
                || KeysAt(path).Any(key => key.Path.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase)));

    // The settings that there could be at a place: those of a pool in that pool.
    private static IEnumerable<SettingKey> KeysAt(string path)
    {
        string[] parts = path.Split(':');
        return parts.Length > 2
            && string.Equals(parts[0], SettingKey.Pools, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int place)
                ? SettingKeys.OfPools.Select(key => key.Of(place))
                : SettingKeys.All;
    }

    private static bool IsElement(string path, SettingKey key)
        => path.StartsWith(key.Path + ":", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(path.AsSpan(key.Path.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static string Misplaced(string path)
    {
        if (KeysAt(path).Any(key => IsElement(path, key)))
        {
            return "this setting takes one value, not a list";
        }

        SettingKey? nearest = KeysAt(path).FirstOrDefault(
            key => path.EndsWith(LastPart(key.Path), StringComparison.OrdinalIgnoreCase));
        return "no setting has this name; natengine.sample.json lists them all"
            + (nearest is null ? string.Empty : $" (is {nearest.Path} meant?)");
    }

    private static string LastPart(string path) => path[(path.LastIndexOf(':') + 1)..];
}
