using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using NatEngine.Conformance;
using NatEngine.Host.Planning;
using NatEngine.Host.Settings;

namespace NatEngine.Host.Selftesting;

/// <summary>The operator's settings as they are used in the lab: its interfaces and addresses in place of the real
/// ones, all else untouched but for what an arrangement is about.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="texts">The same as text, by path: the file's values, the command line's in their places.</param>
internal sealed class LabSettings(GatewaySettings settings, IReadOnlyDictionary<string, string> texts)
{
    // Rings are memory that is never swapped; nothing in the lab comes in bursts.
    private const int RingSlots = 256;

    // Whose addresses and interfaces mean nothing in the lab, and what limits a host: probes need many sessions of
    // each.
    private static readonly SettingKey[] Replaced =
    [
        SettingKeys.InternalInterface, SettingKeys.ExternalInterface, SettingKeys.InternalPrefixes,
        SettingKeys.UntranslatedDestinations, SettingKeys.ExternalAddresses, SettingKeys.ExternalGateway,
        SettingKeys.Publish, SettingKeys.ControlPath, SettingKeys.LogLevel, SettingKeys.RingSlots,
        SettingKeys.TranslationLog, SettingKeys.Rules,
        SettingKeys.SubscriberPorts, SettingKeys.SubscriberSessions, SettingKeys.SubscriberRate,
        SettingKeys.DeterministicPrefix, SettingKeys.DeterministicRatio,
    ];

    /// <summary>Loads settings as <c>natengine run</c> does, without asking for interfaces.</summary>
    /// <param name="commandLine">Values by the path of their key.</param>
    /// <param name="configPath">The file, null if none.</param>
    /// <param name="faults">Receives a fault for each bad value.</param>
    /// <param name="inLab">The same settings for the lab.</param>
    /// <returns>What was asked for; like <paramref name="inLab"/> not to be used if there are faults.</returns>
    internal static GatewaySettings Load(
        IReadOnlyDictionary<string, IReadOnlyList<string>> commandLine,
        string? configPath,
        ICollection<SettingFault> faults,
        out LabSettings inLab)
    {
        Dictionary<string, IReadOnlyList<string>> given = new(commandLine)
        {
            [SettingKeys.InternalInterface.Path] = [LabAddresses.InternalInterface],
            [SettingKeys.ExternalInterface.Path] = [LabAddresses.ExternalInterface],
        };
        GatewaySettings settings = SettingsLoader.Load(given, configPath, faults);
        Dictionary<string, string> texts = [];
        if (configPath is not null && faults.Count == 0)
        {
            texts = SettingsFile.Load(configPath, faults)?.Leaves().ToDictionary() ?? [];
        }

        foreach ((string path, IReadOnlyList<string> values) in given)
        {
            SettingKey key = SettingKeys.All.Single(key => key.Path == path);
            Set(texts, key, key.IsList ? values : [values[^1]]);
        }

        inLab = new LabSettings(settings, texts);
        return settings;
    }

    /// <summary>The lab's external addresses for these settings: one of its own for each that the engine owns; the
    /// gateway's, shared, if it owns none.</summary>
    internal static IReadOnlyList<string> ExternalAddresses(GatewaySettings settings)
    {
        int owned = (int)long.Min(settings.Pool.ExternalAddresses.Sum(range => range.Count), LabAddresses.MostExternal);
        return owned == 0 ? ["203.0.113.1"] : LabAddresses.External(owned);
    }

    /// <summary>Writes a natengine.json.</summary>
    /// <param name="arrangement">What the NAT is put up with.</param>
    /// <param name="controlPath">Where the control socket goes.</param>
    internal string ToJson(Arrangement arrangement, string controlPath)
    {
        Dictionary<string, string> values = texts
            .Where(entry => !Replaced.Any(key => IsOf(entry.Key, key))
                && !entry.Key.StartsWith(SettingKey.Pools + ":", StringComparison.OrdinalIgnoreCase))
            .ToDictionary();
        values[SettingKeys.InternalInterface.Path] = LabAddresses.InternalInterface;
        values[SettingKeys.ExternalInterface.Path] = LabAddresses.ExternalInterface;
        values[SettingKeys.ControlPath.Path] = controlPath;
        values[SettingKeys.RingSlots.Path] = Text(RingSlots);
        if (settings.Pool.ExternalAddresses.Count > 0)
        {
            Set(values, SettingKeys.ExternalAddresses, ExternalAddresses(settings));
        }

        if (settings.UntranslatedDestinations.Count > 0)
        {
            Set(values, SettingKeys.UntranslatedDestinations, [LabAddresses.UntranslatedPrefix]);
        }

        Set(values, SettingKeys.Publish, [.. settings.Published.Select(service => string.Create(
            CultureInfo.InvariantCulture,
            $"{service.Protocol.ToString().ToLowerInvariant()}:{service.ExternalPort}="
            + $"{LabAddresses.PublishedHost}:{service.Internal.Port}")).Distinct()]);
        Arrange(values, arrangement);
        return Tree(values).ToJsonString();
    }

    private void Arrange(Dictionary<string, string> values, Arrangement arrangement)
    {
        if (arrangement == Arrangement.ShortTimers)
        {
            ShortenTimers(values);
        }
        else if (arrangement == Arrangement.FewPorts)
        {
            MakeScarce(values);
        }
    }

    private void ShortenTimers(Dictionary<string, string> values)
    {
        values[SettingKeys.Udp.Path] = Text(ShortenedTimers.Udp);
        values[SettingKeys.UdpUnreplied.Path] = Text(ShortenedTimers.UdpUnreplied);
        values[SettingKeys.IcmpQuery.Path] = Text(ShortenedTimers.IcmpQuery);
        values[SettingKeys.TcpEstablished.Path] = Text(ShortenedTimers.TcpEstablished);
        values[SettingKeys.TcpOpening.Path] = Text(ShortenedTimers.TcpOpening);
        values[SettingKeys.TcpClosing.Path] = Text(ShortenedTimers.TcpClosing);
        values[SettingKeys.TcpTimeWait.Path] = Text(ShortenedTimers.TcpTimeWait);
        if (settings.Timers.ByPort.Count > 0)
        {
            Set(values, SettingKeys.TimersByPort, [$"udp:{ShortenedTimers.PortWithTimer}={ShortenedTimers.ByPort}"]);
        }
    }

    private void MakeScarce(Dictionary<string, string> values)
    {
        LimitPorts(values);
        values[SettingKeys.UdpUnreplied.Path] = Text(ScarceResources.UdpUnreplied);
        values[SettingKeys.Udp.Path] = Text(ScarceResources.UdpUnreplied);
        if (settings.Pool.ExternalAddresses.Count > 0)
        {
            Set(values, SettingKeys.ExternalAddresses, LabAddresses.External(1));
        }

        Set(values, SettingKeys.Publish, []);
        SetIf(settings.Pool.Behavior.Quarantine.Ticks > 0, SettingKeys.Quarantine, ScarceResources.Quarantine);
        SetIf(settings.Subscribers.Ports > 0, SettingKeys.SubscriberPorts, ScarceResources.SubscriberPorts);
        SetIf(settings.Subscribers.Sessions > 0, SettingKeys.SubscriberSessions, ScarceResources.SubscriberSessions);
        SetIf(
            settings.Subscribers.NewSessionsPerSecond > 0, SettingKeys.SubscriberRate, ScarceResources.SubscriberRate);

        void SetIf(bool configured, SettingKey key, int value)
        {
            if (configured)
            {
                values[key.Path] = Text(value);
            }
        }
    }

    // A few at the beginning of as many stripes as there are lanes; what lies between is excluded.
    private void LimitPorts(Dictionary<string, string> values)
    {
        int few = ScarceResources.PortsOfLane(settings.Lanes);
        bool bothClasses = settings.Pool.Behavior.PreserveRangeClass;
        int first = bothClasses ? ScarceResources.FirstUnprivilegedPort : ScarceResources.FirstPort;
        IReadOnlyList<int> stripes =
            [.. Enumerable.Range(0, settings.Lanes).Select(stripe => first + (stripe * LanePlanner.UsualStripe))];
        values[SettingKeys.Ports.Path] = Range(
            bothClasses ? first - ScarceResources.WellKnownPorts : first, stripes[^1] + few - 1);
        Set(values, SettingKeys.ExcludedPorts, [.. stripes.SkipLast(1)
            .Select(start => Range(start + few, start + LanePlanner.UsualStripe - 1))]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Range(int first, int last) => $"{Text(first)}-{Text(last)}";

    private static bool IsOf(string path, SettingKey key)
        => path.Equals(key.Path, StringComparison.OrdinalIgnoreCase)
            || path.StartsWith(key.Path + ":", StringComparison.OrdinalIgnoreCase);

    private static void Set(Dictionary<string, string> values, SettingKey key, IReadOnlyList<string> list)
    {
        foreach (string path in values.Keys.Where(path => IsOf(path, key)).ToList())
        {
            values.Remove(path);
        }

        for (int index = 0; index < list.Count; index++)
        {
            values[key.IsList ? $"{key.Path}:{Text(index)}" : key.Path] = list[index];
        }
    }

    // Paths with colons become objects in objects. An index is a name like any other: the configuration library makes
    // no difference.
    private static JsonObject Tree(Dictionary<string, string> values)
    {
        JsonObject root = [];
        foreach ((string path, string value) in values)
        {
            string[] names = path.Split(':');
            JsonObject parent = root;
            foreach (string name in names[..^1])
            {
                parent = parent[name] as JsonObject ?? Add(parent, name);
            }

            parent[names[^1]] = value;
        }

        return root;
    }

    private static JsonObject Add(JsonObject parent, string name)
    {
        JsonObject child = [];
        parent[name] = child;
        return child;
    }
}
