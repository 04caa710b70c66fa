using System;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Settings;

/// <summary>Reads a pool: addresses, ports, a preset, what differs from that, and what of it differs for UDP or
/// TCP.</summary>
internal static class PoolReader
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>Reads one.</summary>
    /// <param name="reader">Where it comes from.</param>
    /// <param name="place">Its place in the list; null for the pool that is not in it.</param>
    internal static PoolSettings Read(SettingsReader reader, int? place)
    {
        string preset = reader.Read(
            SettingKeys.Preset.Of(place),
            "default",
            (string text, out string name) =>
            {
                name = text;
                return SettingWords.Presets.ContainsKey(text);
            },
            SettingWords.Rule(SettingWords.Presets.Keys));
        TranslationBehavior common = ReadCommon(reader, place, SettingWords.Presets[preset]);
        TranslationBehavior udp = ReadUdp(reader, place, common);
        TranslationBehavior tcp = ReadTcp(reader, place, common);
        PoolSettings pool = new()
        {
            Place = place,
            Preset = preset,
            Behavior = udp,
            TcpBehavior = tcp == udp ? null : tcp,
            Blocks = ReadBlocks(reader, place),
            Deterministic = ReadDeterministic(reader, place),
            ExternalAddresses = reader.ReadList<AddressRange>(
                SettingKeys.ExternalAddresses.Of(place), AddressRange.TryParse, SettingTexts.AddressesRule),
            Ports = reader.Read(
                SettingKeys.Ports.Of(place), new PortRange(1024, 65535), SettingTexts.TryParsePorts,
                SettingTexts.PortsRule),
            ExcludedPorts = reader.ReadList<PortRange>(
                SettingKeys.ExcludedPorts.Of(place), SettingTexts.TryParsePorts, SettingTexts.PortsRule),
        };
        return place is null ? pool : ReadOwner(reader, place, pool);
    }

    private static PoolSettings ReadOwner(SettingsReader reader, int? place, PoolSettings pool) => pool with
    {
        Name = reader.Required(SettingKeys.PoolName.Of(place), "must name the pool"),
        InternalPrefixes = reader.ReadList<IPv4Prefix>(
            SettingKeys.PoolPrefixes.Of(place), SettingTexts.TryParsePrefix, SettingTexts.PrefixRule),
    };

    private static TranslationBehavior ReadCommon(SettingsReader reader, int? place, TranslationBehavior preset)
        => preset with
        {
            Mapping = reader.ReadWord(SettingKeys.Mapping.Of(place), preset.Mapping),
            Filtering = reader.ReadWord(SettingKeys.Filtering.Of(place), preset.Filtering),
            Overload = reader.ReadSwitch(SettingKeys.Overload.Of(place), preset.Overload),
            ReuseSourcePort = reader.ReadSwitch(SettingKeys.ReuseSourcePort.Of(place), preset.ReuseSourcePort),
            Pooling = reader.ReadWord(SettingKeys.Pooling.Of(place), preset.Pooling),
            Ports = reader.ReadWord(SettingKeys.PortChoice.Of(place), preset.Ports),
            PreserveParity = reader.ReadSwitch(SettingKeys.PreserveParity.Of(place), preset.PreserveParity),
            PreserveRangeClass = reader.ReadSwitch(
                SettingKeys.PreserveRangeClass.Of(place), preset.PreserveRangeClass),
            Quarantine = reader.ReadSeconds(
                SettingKeys.Quarantine.Of(place), preset.Quarantine, TimeSpan.Zero, LongestDelay),
            MaxQuarantined = reader.ReadNumber(
                SettingKeys.MaxQuarantined.Of(place), preset.MaxQuarantined, 1, TranslationBehavior.MostQuarantined),
        };

    private static TranslationBehavior ReadUdp(SettingsReader reader, int? place, TranslationBehavior common)
        => common with
        {
            Mapping = reader.ReadWord(SettingKeys.UdpMapping.Of(place), common.Mapping),
            Filtering = reader.ReadWord(SettingKeys.UdpFiltering.Of(place), common.Filtering),
            Overload = reader.ReadSwitch(SettingKeys.UdpOverload.Of(place), common.Overload),
            ReuseSourcePort = reader.ReadSwitch(SettingKeys.UdpReuseSourcePort.Of(place), common.ReuseSourcePort),
            Ports = reader.ReadWord(SettingKeys.UdpPortChoice.Of(place), common.Ports),
            PreserveParity = reader.ReadSwitch(SettingKeys.UdpPreserveParity.Of(place), common.PreserveParity),
        };

    private static TranslationBehavior ReadTcp(SettingsReader reader, int? place, TranslationBehavior common)
        => common with
        {
            Mapping = reader.ReadWord(SettingKeys.TcpMapping.Of(place), common.Mapping),
            Filtering = reader.ReadWord(SettingKeys.TcpFiltering.Of(place), common.Filtering),
            Overload = reader.ReadSwitch(SettingKeys.TcpOverload.Of(place), common.Overload),
            ReuseSourcePort = reader.ReadSwitch(SettingKeys.TcpReuseSourcePort.Of(place), common.ReuseSourcePort),
            Ports = reader.ReadWord(SettingKeys.TcpPortChoice.Of(place), common.Ports),
            PreserveParity = reader.ReadSwitch(SettingKeys.TcpPreserveParity.Of(place), common.PreserveParity),
        };

    // Size 0 is none.
    private static PortBlockOptions? ReadBlocks(SettingsReader reader, int? place)
    {
        PortBlockOptions defaults = new()
        {
            Size = reader.ReadNumber(SettingKeys.BlockSize.Of(place), 0, 0, ushort.MaxValue),
        };
        PortBlockOptions blocks = defaults with
        {
            MaxPerSubscriber = reader.ReadNumber(
                SettingKeys.BlockCount.Of(place), defaults.MaxPerSubscriber, 1, PortBlockOptions.MostPerSubscriber),
            ReleaseDelay = reader.ReadSeconds(
                SettingKeys.BlockRelease.Of(place), defaults.ReleaseDelay, TimeSpan.Zero, LongestDelay),
        };
        return blocks.Size == 0 ? null : blocks;
    }

    // Ratio 0 is none.
    private static DeterministicOptions? ReadDeterministic(SettingsReader reader, int? place)
    {
        SettingKey prefixKey = SettingKeys.DeterministicPrefix.Of(place);
        SettingKey ratioKey = SettingKeys.DeterministicRatio.Of(place);
        IPv4Prefix prefix = reader.Read<IPv4Prefix>(
            prefixKey, default, SettingTexts.TryParsePrefix, SettingTexts.PrefixRule);
        int ratio = reader.ReadNumber(ratioKey, 0, 0, ushort.MaxValue);
        if (reader.IsGiven(prefixKey) != (ratio > 0))
        {
            reader.Refuse(
                ratio > 0 ? prefixKey : ratioKey,
                "computed ports need both: a prefix that they are of, and a ratio of 1 or more");
        }

        return ratio == 0 ? null : new DeterministicOptions(prefix, ratio);
    }
}
