using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace NatEngine.LoadTest.Clients.Profiles;

/// <summary>One object of a profile, read key by key; whatever is wrong is said with file, key, value and
/// rule.</summary>
/// <param name="source">The file, or the name of a profile that comes with natload.</param>
/// <param name="path">Where in it the object is; empty for the whole.</param>
/// <param name="element">The object.</param>
internal sealed class ProfileSection(string source, string path, JsonElement element)
{
    private readonly List<string> _known = [];

    /// <summary>Views the whole of a profile.</summary>
    /// <exception cref="BadInputException">It is not JSON, or not an object, or names a key twice.</exception>
    public static ProfileSection Parse(string source, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions
            {
                AllowDuplicateProperties = false,
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
            return Object(source, string.Empty, document.RootElement.Clone());
        }
        catch (JsonException broken)
        {
            throw new BadInputException($"profile {source}: not JSON: {broken.Message}");
        }
    }

    /// <summary>Reads a text.</summary>
    public string Text(string key, string otherwise)
        => Find(key) is not { } value
            ? otherwise
            : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(key, value, "must be a text");

    /// <summary>Reads a whole number.</summary>
    public int Whole(string key, int otherwise, int least, int most)
        => Find(key) is not { } value
            ? otherwise
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
                && number >= least && number <= most
                ? number
                : throw Wrong(key, value, $"must be a whole number from {least} to {most}");

    /// <summary>Reads a number more than 0.</summary>
    public double Positive(string key, double otherwise, double most)
        => Find(key) is not { } value
            ? otherwise
            : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
                && number > 0 && number <= most
                ? number
                : throw Wrong(key, value, $"must be more than 0 and at most {Show(most)}");

    /// <summary>Reads a time, given in seconds.</summary>
    /// <param name="key">The key.</param>
    /// <param name="otherwise">The value if the key is not there, in seconds.</param>
    /// <param name="mayBeZero">Whether there may be none.</param>
    /// <param name="most">The longest, in seconds.</param>
    public TimeSpan Seconds(string key, double otherwise, bool mayBeZero, double most)
    {
        if (Find(key) is not { } value)
        {
            return TimeSpan.FromSeconds(otherwise);
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds)
            && (seconds > 0 || (mayBeZero && seconds == 0)) && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(
                key, value, $"must be {(mayBeZero ? "0" : "more than 0")} to {Show(most)} seconds");
    }

    /// <summary>Reads a list of numbers, each more than 0 and more than the one before it.</summary>
    /// <returns>Null if the key is not there.</returns>
    public IReadOnlyList<double>? Ascending(string key, double most, bool whole)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        double[] steps = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(
                step => step.ValueKind == JsonValueKind.Number && step.TryGetDouble(out double number) ? number : 0)]
            : [];
        return Running.Ladder.Fault(steps, most, whole) is { } fault ? throw Wrong(key, value, fault) : steps;
    }

    /// <summary>An object within this one.</summary>
    /// <returns>Null if the key is not there.</returns>
    public ProfileSection? Section(string key) => Find(key) is { } value ? Object(source, PathOf(key), value) : null;

    /// <summary>A list of objects, at least one.</summary>
    public IReadOnlyList<ProfileSection> Sections(string key)
        => Find(key) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? [.. list.EnumerateArray().Select((item, index) => Object(source, $"{PathOf(key)}[{index}]", item))]
            : throw new BadInputException($"profile {source}: {PathOf(key)}: must be a list with at least one object.");

    /// <summary>Refuses a key that nobody has asked for.</summary>
    /// <exception cref="BadInputException">There is one.</exception>
    public void RefuseOthers()
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                throw Wrong(
                    property.Name, property.Value, $"there is no such key: must be of {string.Join(", ", _known)}");
            }
        }
    }

    /// <summary>What is to be said of a value that breaks a rule.</summary>
    public BadInputException Wrong(string key, string rule)
        => element.TryGetProperty(key, out JsonElement value)
            ? Wrong(key, value, rule)
            : new BadInputException($"profile {source}: {PathOf(key)}: {rule}.");

    private static ProfileSection Object(string source, string path, JsonElement element)
        => element.ValueKind == JsonValueKind.Object
            ? new ProfileSection(source, path, element)
            : throw new BadInputException(
                $"profile {source}: {(path.Length == 0 ? "the whole" : path)}: must be an object in braces.");

    private JsonElement? Find(string key)
    {
        _known.Add(key);
        return element.TryGetProperty(key, out JsonElement value) ? value : null;
    }

    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private BadInputException Wrong(string key, JsonElement value, string rule)
        => new($"profile {source}: {PathOf(key)}: {value.GetRawText()}: {rule}.");

    private static string Show(double number) => number.ToString(CultureInfo.InvariantCulture);
}
