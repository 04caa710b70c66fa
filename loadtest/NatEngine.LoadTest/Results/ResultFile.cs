using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NatEngine.LoadTest.Results;

/// <summary>Keeps a <see cref="ComparisonResult"/> as JSON.</summary>
internal static class ResultFile
{
    /// <summary>The file's name in the results folder.</summary>
    public const string Name = "result.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Writes a result, replacing the one before: whole or not at all, however the process ends.</summary>
    public static void Write(string directory, ComparisonResult result)
    {
        string path = Path.Combine(directory, Name);
        string unfinished = path + ".new";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(result, Json) + "\n");
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Reads a result.</summary>
    /// <exception cref="BadInputException">There is none, or it is not one that this version understands.</exception>
    public static ComparisonResult Read(string directory)
    {
        string path = Path.Combine(directory, Name);
        try
        {
            ComparisonResult? result = JsonSerializer.Deserialize<ComparisonResult>(File.ReadAllText(path), Json);
            return result?.Schema == ComparisonResult.CurrentSchema
                ? result
                : throw new BadInputException(
                    $"{path}: schema '{result?.Schema}' is not '{ComparisonResult.CurrentSchema}'.");
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: {unreadable.Message}");
        }
    }
}
