using System;
using NatEngine.Translation;

namespace NatEngine.Host.Settings;

/// <summary>Reads how the NAT shows itself: a preset, and what differs from it.</summary>
internal static class BehaviorReader
{
    private const int LongestQuarantine = 3600;
    private const int MostQuarantined = 1 << 24;
    private const int FastestSubscriber = 1_000_000;

    /// <summary>Reads it.</summary>
    internal static GatewaySettings Read(SettingsReader reader, GatewaySettings settings)
    {
        string preset = reader.Read(
            SettingKeys.Preset,
            settings.Preset,
            (string text, out string name) =>
            {
                name = text;
                return BehaviorWords.Presets.ContainsKey(text);
            },
            BehaviorWords.Rule(BehaviorWords.Presets.Keys));
        return settings with
        {
            Preset = preset,
            Behavior = ReadDimensions(reader, BehaviorWords.Presets[preset]),
            Subscribers = ReadSubscribers(reader),
            TcpWindows = ReadWord(reader, SettingKeys.TcpWindows, settings.TcpWindows),
            OtherProtocols = reader.ReadSwitch(SettingKeys.OtherProtocols, settings.OtherProtocols),
            UntranslatedDestinations = reader.ReadList<UntranslatedDestination>(
                SettingKeys.UntranslatedDestinations, SettingTexts.TryParseDestination, SettingTexts.DestinationRule),
        };
    }

    private static TranslationBehavior ReadDimensions(SettingsReader reader, TranslationBehavior preset) => preset with
    {
        Mapping = ReadWord(reader, SettingKeys.Mapping, preset.Mapping),
        Filtering = ReadWord(reader, SettingKeys.Filtering, preset.Filtering),
        Overload = reader.ReadSwitch(SettingKeys.Overload, preset.Overload),
        Pooling = ReadWord(reader, SettingKeys.Pooling, preset.Pooling),
        Ports = ReadWord(reader, SettingKeys.PortChoice, preset.Ports),
        PreserveParity = reader.ReadSwitch(SettingKeys.PreserveParity, preset.PreserveParity),
        PreserveRangeClass = reader.ReadSwitch(SettingKeys.PreserveRangeClass, preset.PreserveRangeClass),
        Quarantine = reader.ReadSeconds(
            SettingKeys.Quarantine, preset.Quarantine, TimeSpan.Zero, TimeSpan.FromSeconds(LongestQuarantine)),
        MaxQuarantined = reader.ReadNumber(SettingKeys.MaxQuarantined, preset.MaxQuarantined, 1, MostQuarantined),
    };

    private static SubscriberLimits ReadSubscribers(SettingsReader reader) => new()
    {
        Sessions = reader.ReadNumber(SettingKeys.SubscriberSessions, 0, 0, int.MaxValue),
        Ports = reader.ReadNumber(SettingKeys.SubscriberPorts, 0, 0, int.MaxValue),
        NewSessionsPerSecond = reader.ReadNumber(SettingKeys.SubscriberRate, 0, 0, FastestSubscriber),
    };

    private static T ReadWord<T>(SettingsReader reader, SettingKey key, T defaultValue)
        where T : struct, Enum
        => reader.Read<T>(key, defaultValue, BehaviorWords.TryParse, BehaviorWords.Rule<T>());
}
