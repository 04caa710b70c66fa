using System.Collections.Generic;
using NatEngine.Host.Settings;
using NatEngine.Translation;

namespace NatEngine.Host.Hosting;

/// <summary>Says how the NAT shows itself, in the words of natengine.json.</summary>
internal static class BehaviorText
{
    /// <summary>The preset's name, and whether something differs from it.</summary>
    internal static string Name(PoolSettings pool)
        => pool.Behavior == SettingWords.Presets[pool.Preset] && pool.TcpBehavior is null
            ? pool.Preset
            : $"{pool.Preset}, changed";

    /// <summary>Every dimension of it.</summary>
    internal static string Of(PoolSettings pool)
    {
        string text = pool.TcpBehavior is TranslationBehavior tcp
            ? $"UDP {Of(pool.Behavior)}; TCP {Of(tcp)}"
            : Of(pool.Behavior);
        if (pool.Blocks is PortBlockOptions blocks)
        {
            text += $"; ports in blocks of {SettingTexts.Number(blocks.Size)}, at most "
                + $"{SettingTexts.Number(blocks.MaxPerSubscriber)} each, released after "
                + $"{SettingTexts.Seconds(blocks.ReleaseDelay)} s";
        }

        if (pool.Deterministic is DeterministicOptions computed)
        {
            text += $"; ports computed for {computed.Prefix}, {SettingTexts.Number(computed.Ratio)} to an address";
        }

        return text;
    }

    private static string Of(TranslationBehavior behavior)
    {
        List<string> parts =
        [
            $"mapping {SettingWords.Of(behavior.Mapping)}",
            $"filtering {SettingWords.Of(behavior.Filtering)}",
            $"pooling {SettingWords.Of(behavior.Pooling)}",
            $"ports {SettingWords.Of(behavior.Ports)}"
                + (behavior.PreserveParity ? " with parity" : string.Empty)
                + (behavior.PreserveRangeClass ? " and range class" : string.Empty)
                + (behavior.Overload ? ", overloaded" : string.Empty)
                + (behavior.ReuseSourcePort ? ", the source's last reused" : string.Empty),
        ];
        if (behavior.Quarantine.Ticks > 0)
        {
            parts.Add($"quarantine {SettingTexts.Seconds(behavior.Quarantine)} s");
        }

        return string.Join(", ", parts);
    }

    /// <summary>The limits of one internal address.</summary>
    internal static string Of(SubscriberLimits limits)
    {
        List<string> parts = [];
        Add(limits.Sessions, "sessions");
        Add(limits.Ports, "ports");
        Add(limits.NewSessionsPerSecond, "new sessions per second");
        return parts.Count == 0 ? "no limits" : "at most " + string.Join(", ", parts);

        void Add(int limit, string of)
        {
            if (limit > 0)
            {
                parts.Add(SettingTexts.Number(limit) + " " + of);
            }
        }
    }
}
