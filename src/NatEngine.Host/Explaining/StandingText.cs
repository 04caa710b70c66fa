using System.Collections.Generic;
using NatEngine.Host.Settings;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Says what an internal address has of what it may have.</summary>
internal static class StandingText
{
    /// <summary>The limits that there are, and what is used of them.</summary>
    internal static string Of(SubscriberStanding standing)
    {
        List<string> parts = [];
        if (standing.Limits.Sessions != 0)
        {
            parts.Add($"{Number(standing.Sessions)} of {SettingTexts.Number(standing.Limits.Sessions)} sessions");
        }

        if (standing.Limits.Ports != 0)
        {
            parts.Add($"{Number(standing.Ports)} of {SettingTexts.Number(standing.Limits.Ports)} ports");
        }

        if (standing.Limits.NewSessionsPerSecond != 0)
        {
            parts.Add($"{Number(standing.NewSessions)} new sessions now, at "
                + $"{SettingTexts.Number(standing.Limits.NewSessionsPerSecond)} per second");
        }

        return $"{standing.Address} has {string.Join(", ", parts)}";
    }

    private static string Number(uint value) => SettingTexts.Number((int)value);
}
