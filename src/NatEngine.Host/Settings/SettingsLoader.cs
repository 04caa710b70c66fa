using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Logging;
using NatEngine.Host.Control;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Settings;

/// <summary>Makes <see cref="GatewaySettings"/> of a command line and a file.</summary>
internal static class SettingsLoader
{
    // The bounds are those of TranslationOptions.
    private const int MostSessions = 100_000_000;

    private static readonly TimeSpan ShortestTimer = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    private static readonly Dictionary<string, LogLevel> LogLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
    };

    /// <summary>Reads everything, and collects all faults before it gives up.</summary>
    /// <param name="commandLine">Values by the path of their key.</param>
    /// <param name="configPath">The file, null if none.</param>
    /// <param name="faults">Receives a fault for each bad value.</param>
    /// <returns>What was asked for; not to be used if there are faults.</returns>
    internal static GatewaySettings Load(
        IReadOnlyDictionary<string, IReadOnlyList<string>> commandLine,
        string? configPath,
        ICollection<SettingFault> faults)
    {
        SettingsFile? file = configPath is null ? null : SettingsFile.Load(configPath, faults);
        SettingsReader reader = new(commandLine, file, configPath is not null && file is null, faults);
        GatewaySettings settings = ReadTables(reader, BehaviorReader.Read(reader, ReadSides(reader)));
        settings = ReadHosting(reader, ReadPipeline(reader, settings));
        if (settings.RulesPath is not null && settings.UntranslatedDestinations.Count > 0)
        {
            reader.Refuse(
                SettingKeys.UntranslatedDestinations,
                "with a rules file, its table nat says what keeps its address: what no rule of POSTROUTING translates");
        }

        foreach (PoolSettings pool in settings.AllPools)
        {
            CheckAddresses(pool, settings, faults);
        }

        return settings;
    }

    private static GatewaySettings ReadSides(SettingsReader reader) => new()
    {
        InternalInterface = ReadInterface(reader, SettingKeys.InternalInterface),
        ExternalInterface = ReadInterface(reader, SettingKeys.ExternalInterface),
        InternalPrefixes = reader.ReadList<IPv4Prefix>(
            SettingKeys.InternalPrefixes, SettingTexts.TryParsePrefix, SettingTexts.PrefixRule),
        ExternalGateway = ReadGateway(reader),
        AnswersStrangers = reader.ReadSwitch(SettingKeys.AnswersStrangers, defaultValue: true),
        RulesPath = ReadRulesPath(reader),
        Published = reader.ReadList<PublishedService>(
            SettingKeys.Publish, SettingTexts.TryParsePublished, SettingTexts.PublishedRule),
    };

    private static GatewaySettings ReadTables(SettingsReader reader, GatewaySettings settings) => settings with
    {
        MaxSessions = reader.ReadNumber(SettingKeys.MaxSessions, settings.MaxSessions, 1, MostSessions),
        MaxMappings = reader.ReadNumber(SettingKeys.MaxMappings, settings.MaxMappings, 0, MostSessions),
        MidStreamPickup = reader.ReadSwitch(SettingKeys.MidStreamPickup, settings.MidStreamPickup),
        InboundRefresh = reader.ReadSwitch(SettingKeys.InboundRefresh, settings.InboundRefresh),
        Timers = ReadTimers(reader, SettingWords.TimersOf(settings.Pool.Preset)),
    };

    private static GatewaySettings ReadPipeline(SettingsReader reader, GatewaySettings settings) => settings with
    {
        Layout = ReadLayout(reader),
        Lanes = reader.ReadNumber(SettingKeys.Lanes, settings.Lanes, 1, LaneDivision.MostLanes),
        BatchSize = reader.ReadNumber(SettingKeys.BatchSize, settings.BatchSize, 1, 1024),
        IdleSpin = TimeSpan.FromMicroseconds(
            reader.ReadNumber(SettingKeys.IdleSpin, (int)settings.IdleSpin.TotalMicroseconds, 0, 10_000)),
        Realtime = reader.ReadSwitch(SettingKeys.Realtime, settings.Realtime),
        MaxNeighbours = reader.ReadNumber(SettingKeys.MaxNeighbours, settings.MaxNeighbours, 16, ushort.MaxValue),
        Ring = reader.ReadWord(SettingKeys.Ring, settings.Ring),
        RingSlots = reader.ReadNumber(SettingKeys.RingSlots, settings.RingSlots, 64, 65_536),
        BypassQdisc = reader.ReadSwitch(SettingKeys.BypassQdisc, settings.BypassQdisc),
        Receive = reader.ReadWord(SettingKeys.Napi, settings.Receive),
        Transmit = reader.ReadWord(SettingKeys.Transmit, settings.Transmit),
    };

    private static GatewaySettings ReadHosting(SettingsReader reader, GatewaySettings settings) => settings with
    {
        ControlPath = ReadControlPath(reader, settings.ControlPath),
        HasGuard = reader.ReadSwitch(SettingKeys.Guard, settings.HasGuard),
        GuardKind = reader.ReadWord(SettingKeys.GuardKind, settings.GuardKind),
        LogLevel = reader.Read<LogLevel>(
            SettingKeys.LogLevel, settings.LogLevel, LogLevels.TryGetValue, SettingWords.Rule(LogLevels.Keys)),
        TranslationLogPath = ReadTranslationLog(reader),
        Locate = reader.Locate,
        IsGiven = reader.IsGiven,
    };

    private static string? ReadTranslationLog(SettingsReader reader) => reader.Read<string?>(
        SettingKeys.TranslationLog,
        null,
        (string text, out string? path) =>
        {
            path = text;
            return text.Length > 0;
        },
        "must name a file, or be - for standard output");

    private static string ReadInterface(SettingsReader reader, SettingKey key)
        => reader.Required(key, "must name a network interface");

    private static IPv4Address? ReadGateway(SettingsReader reader)
    {
        IPv4Address address = reader.Read<IPv4Address>(
            SettingKeys.ExternalGateway, default, SettingTexts.TryParseHostAddress, SettingTexts.HostAddressRule);
        return address == default ? null : address;
    }

    private static string? ReadRulesPath(SettingsReader reader) => reader.Read<string?>(
        SettingKeys.Rules,
        null,
        (string text, out string? path) =>
        {
            path = text;
            return text.Length > 0;
        },
        "must name a file");

    private static TimerOptions ReadTimers(SettingsReader reader, TimerOptions defaults)
    {
        IReadOnlyList<PortTimer> byPort = reader.ReadList<PortTimer>(
            SettingKeys.TimersByPort, SettingTexts.TryParsePortTimer, SettingTexts.PortTimerRule);
        return new TimerOptions
        {
            TcpEstablished = ReadTimer(reader, SettingKeys.TcpEstablished, defaults.TcpEstablished),
            TcpOpening = ReadTimer(reader, SettingKeys.TcpOpening, defaults.TcpOpening),
            TcpClosing = ReadTimer(reader, SettingKeys.TcpClosing, defaults.TcpClosing),
            TcpTimeWait = ReadTimer(reader, SettingKeys.TcpTimeWait, defaults.TcpTimeWait),
            Udp = ReadTimer(reader, SettingKeys.Udp, defaults.Udp),
            UdpUnreplied = ReadTimer(reader, SettingKeys.UdpUnreplied, defaults.UdpUnreplied),
            IcmpQuery = ReadTimer(reader, SettingKeys.IcmpQuery, defaults.IcmpQuery),
            Other = ReadTimer(reader, SettingKeys.OtherTimer, defaults.Other),
            ByPort = byPort.Count == 0 ? defaults.ByPort : byPort,
            ShortenWhenFull = reader.ReadSwitch(SettingKeys.ShortenWhenFull, defaults.ShortenWhenFull),
        };
    }

    private static TimeSpan ReadTimer(SettingsReader reader, SettingKey key, TimeSpan defaultValue)
        => reader.ReadSeconds(key, defaultValue, ShortestTimer, LongestTimer);

    private static PipelineLayout? ReadLayout(SettingsReader reader)
        => reader.Read<PipelineLayout?>(
            SettingKeys.Layout,
            null,
            (string text, out PipelineLayout? layout) =>
            {
                bool parsed = PipelineLayout.TryParse(text, out PipelineLayout value, out _);
                layout = value;
                return parsed;
            },
            "must be rx, lookup, rewrite, checksum, tx, in this order, joined by '+' (same thread) or '|' (channel)");

    private static string ReadControlPath(SettingsReader reader, string defaultPath)
        => reader.Read(
            SettingKeys.ControlPath,
            defaultPath,
            (string text, out string path) =>
            {
                path = text;
                return ControlSocket.IsPath(text);
            },
            "must be the path of a socket: 1 to 107 octets (unix(7))");

    // Before anybody unfolds a range of a million.
    private static void CheckAddresses(
        PoolSettings pool, GatewaySettings settings, ICollection<SettingFault> faults)
    {
        SettingKey key = SettingKeys.ExternalAddresses.Of(pool.Place);
        string where = settings.Locate(key);
        long count = pool.ExternalAddresses.Sum(range => range.Count);
        if (count > TranslationOptions.MostExternalAddresses)
        {
            faults.Add(new SettingFault(
                where,
                key.Noun,
                string.Join(',', pool.ExternalAddresses),
                $"at most {TranslationOptions.MostExternalAddresses} addresses; these are {count}"));
            return;
        }

        HashSet<IPv4Address> seen = [];
        foreach (IPv4Address address in pool.ExternalAddresses.SelectMany(range => range.Addresses()))
        {
            if (!seen.Add(address))
            {
                faults.Add(new SettingFault(where, key.Noun, address.ToString(), "is given twice"));
            }
        }
    }
}
