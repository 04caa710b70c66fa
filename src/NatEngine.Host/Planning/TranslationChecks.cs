using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Settings;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Finds settings that translation cannot hold together, and says so in the words of natengine.json.</summary>
internal static class TranslationChecks
{
    // What the reader has no bound for, or only together with another setting.
    private static readonly Dictionary<string, SettingKey> Keys = new()
    {
        ["Name"] = SettingKeys.PoolName,
        ["InternalPrefixes"] = SettingKeys.PoolPrefixes,
        ["ExternalAddresses"] = SettingKeys.ExternalAddresses,
        ["Ports"] = SettingKeys.Ports,
        ["ExcludedPorts"] = SettingKeys.ExcludedPorts,
        ["Behavior.Mapping"] = SettingKeys.Mapping,
        ["Behavior.Filtering"] = SettingKeys.Filtering,
        ["Behavior.Overload"] = SettingKeys.Overload,
        ["Behavior.ReuseSourcePort"] = SettingKeys.ReuseSourcePort,
        ["Behavior.PreserveRangeClass"] = SettingKeys.PreserveRangeClass,
        ["Behavior.Quarantine"] = SettingKeys.Quarantine,
        ["Blocks"] = SettingKeys.BlockSize,
        ["Blocks.Size"] = SettingKeys.BlockSize,
        ["Deterministic"] = SettingKeys.DeterministicRatio,
        ["Deterministic.Ratio"] = SettingKeys.DeterministicRatio,
        ["Subscribers.Ports"] = SettingKeys.SubscriberPorts,
        ["Timers.ByPort"] = SettingKeys.TimersByPort,
        ["Published"] = SettingKeys.Publish,
    };

    // Where a dimension may be UDP's or TCP's alone, and is, that is the key to name.
    private static readonly Dictionary<string, SettingKey> OwnKeys = new()
    {
        ["Behavior.Mapping"] = SettingKeys.UdpMapping,
        ["Behavior.Filtering"] = SettingKeys.UdpFiltering,
        ["Behavior.Overload"] = SettingKeys.UdpOverload,
        ["Behavior.ReuseSourcePort"] = SettingKeys.UdpReuseSourcePort,
        ["TcpBehavior.Mapping"] = SettingKeys.TcpMapping,
        ["TcpBehavior.Filtering"] = SettingKeys.TcpFiltering,
        ["TcpBehavior.ReuseSourcePort"] = SettingKeys.TcpReuseSourcePort,
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
            // Of two with one name, the second has it wrongly; nothing else is looked at before that.
            int? place = settings.Pools.LastOrDefault(pool => pool.Name == error.Pool)?.Place;
            faults.Add(KeyOf(error.Key, place, settings) is SettingKey key
                ? new SettingFault(settings.Locate(key), key.Noun, WordOf(error.Value), error.Rule)
                : new SettingFault("settings", error.Key, WordOf(error.Value), error.Rule));
        }
    }

    private static SettingKey? KeyOf(string option, int? place, GatewaySettings settings)
    {
        if (OwnKeys.TryGetValue(option, out SettingKey? own) && settings.IsGiven(own.Of(place)))
        {
            return own.Of(place);
        }

        string common = option.Replace("TcpBehavior.", "Behavior.", StringComparison.Ordinal);
        return Keys.TryGetValue(common, out SettingKey? key) ? key.Of(key.InPool is null ? null : place) : null;
    }

    private static string WordOf(object value) => value switch
    {
        MappingBehavior mapping => SettingWords.Of(mapping),
        FilteringBehavior filtering => SettingWords.Of(filtering),
        PoolingBehavior pooling => SettingWords.Of(pooling),
        bool flag => flag ? "true" : "false",
        TimeSpan time => SettingTexts.Seconds(time),
        PublishedService service => SettingTexts.Of(service),
        PortTimer timer => $"{SettingWords.Of(timer.Protocol)}:{timer.Port}={SettingTexts.Seconds(timer.Idle)}",
        _ => FormattableString.Invariant($"{value}"),
    };
}
