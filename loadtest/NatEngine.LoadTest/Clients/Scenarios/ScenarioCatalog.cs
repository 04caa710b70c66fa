using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Clients.Profiles;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>The kinds of scenarios that a profile may be made of. Adding one is adding it here.</summary>
internal static class ScenarioCatalog
{
    private static readonly Dictionary<string, Func<ProfileSection, IClientScenario>> Kinds = new()
    {
        [WebScenario.KindName] = WebScenario.Read,
        [DownloadScenario.KindName] = DownloadScenario.Read,
        [VideoScenario.KindName] = VideoScenario.Read,
        [DnsScenario.KindName] = DnsScenario.Read,
        [GameScenario.KindName] = GameScenario.Read,
    };

    /// <summary>Reads a scenario of the kind that the section names.</summary>
    /// <exception cref="BadInputException">There is no such kind, or something in it breaks a rule.</exception>
    public static IClientScenario Read(ProfileSection section)
    {
        string kind = section.Text("kind", string.Empty);
        return Kinds.TryGetValue(kind, out Func<ProfileSection, IClientScenario>? read)
            ? read(section)
            : throw section.Wrong("kind", $"must be of {string.Join(", ", Kinds.Keys)}");
    }
}
