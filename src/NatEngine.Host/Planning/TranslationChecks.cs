using System;
using System.Collections.Generic;
using NatEngine.Host.Settings;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Finds settings that translation cannot hold together, and says so in the words of natengine.json.</summary>
internal static class TranslationChecks
{
    // What the reader has no bound for, or only together with another setting.
    private static readonly Dictionary<string, SettingKey> Keys = new()
    {
        ["Behavior.Mapping"] = SettingKeys.Mapping,
        ["Behavior.Filtering"] = SettingKeys.Filtering,
        ["Behavior.PreserveRangeClass"] = SettingKeys.PreserveRangeClass,
        ["Behavior.Quarantine"] = SettingKeys.Quarantine,
        ["Subscribers.Ports"] = SettingKeys.SubscriberPorts,
        ["Timers.ByPort"] = SettingKeys.TimersByPort,
        ["Ports"] = SettingKeys.Ports,
        ["ExcludedPorts"] = SettingKeys.ExcludedPorts,
        ["Published"] = SettingKeys.Publish,
        ["ExternalAddresses"] = SettingKeys.ExternalAddresses,
    };

    /// <summary>Checks options that are in bounds, each for itself.</summary>
    internal static void Check(
        TranslationOptions options, GatewaySettings settings, ICollection<SettingFault> faults)
    {
        try
        {
            options.Validate();
        }
        catch (InvalidOptionException error)
        {
            faults.Add(Keys.TryGetValue(error.Key, out SettingKey? key)
                ? new SettingFault(settings.Locate(key), key.Noun, WordOf(error.Value), error.Rule)
                : new SettingFault("settings", error.Key, WordOf(error.Value), error.Rule));
        }
    }

    private static string WordOf(object value) => value switch
    {
        MappingBehavior mapping => BehaviorWords.Of(mapping),
        FilteringBehavior filtering => BehaviorWords.Of(filtering),
        TimeSpan time => SettingTexts.Seconds(time),
        PortTimer timer => $"{BehaviorWords.Of(timer.Protocol)}:{timer.Port}={SettingTexts.Seconds(timer.Idle)}",
        _ => FormattableString.Invariant($"{value}"),
    };
}
