using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace NatEngine.LoadTest.Clients.Profiles;

/// <summary>The profiles that come with natload, and those of one's own.</summary>
internal static class ProfileCatalog
{
    private const string ResourcePrefix = "profiles/";

    /// <summary>The names of the profiles that come with natload.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["web", "download", "video", "dns", "game", "household", "office"];

    /// <summary>Finds a profile.</summary>
    /// <param name="nameOrFile">One of <see cref="Names"/>, or the path of a file.</param>
    /// <exception cref="BadInputException">There is none, or something in it breaks a rule.</exception>
    public static ClientProfile Find(string nameOrFile)
    {
        if (Names.Contains(nameOrFile))
        {
            return ClientProfile.Parse(nameOrFile, nameOrFile, TextOf(nameOrFile));
        }

        try
        {
            string name = Path.GetFileNameWithoutExtension(nameOrFile).ToLowerInvariant();
            return ClientProfile.Parse(nameOrFile, name, File.ReadAllText(nameOrFile));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException(
                $"--profile '{nameOrFile}': must be of {string.Join(", ", Names)}, or a file: {missing.Message}");
        }
    }

    /// <summary>The JSON of a profile that comes with natload.</summary>
    public static string TextOf(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{ResourcePrefix}{name}.json")
            ?? throw new InvalidOperationException($"The profile {name} is part of this assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
