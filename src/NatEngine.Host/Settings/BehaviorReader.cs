using NatEngine.Translation;

namespace NatEngine.Host.Settings;

/// <summary>Reads what is translated how: pools, limits, and what is common to all.</summary>
internal static class BehaviorReader
{
    private const int FastestSubscriber = 1_000_000;

    /// <summary>Reads it.</summary>
    internal static GatewaySettings Read(SettingsReader reader, GatewaySettings settings)
    {
        PoolSettings[] pools = new PoolSettings[reader.CountPools()];
        for (int place = 0; place < pools.Length; place++)
        {
            pools[place] = PoolReader.Read(reader, place);
        }

        return settings with
        {
            Pool = PoolReader.Read(reader, null),
            Pools = pools,
            Subscribers = ReadSubscribers(reader),
            TcpWindows = reader.ReadWord(SettingKeys.TcpWindows, settings.TcpWindows),
            OtherProtocols = reader.ReadSwitch(SettingKeys.OtherProtocols, settings.OtherProtocols),
            UntranslatedDestinations = reader.ReadList<UntranslatedDestination>(
                SettingKeys.UntranslatedDestinations, SettingTexts.TryParseDestination, SettingTexts.DestinationRule),
        };
    }

    private static SubscriberLimits ReadSubscribers(SettingsReader reader) => new()
    {
        Sessions = reader.ReadNumber(SettingKeys.SubscriberSessions, 0, 0, int.MaxValue),
        Ports = reader.ReadNumber(SettingKeys.SubscriberPorts, 0, 0, int.MaxValue),
        NewSessionsPerSecond = reader.ReadNumber(SettingKeys.SubscriberRate, 0, 0, FastestSubscriber),
    };
}
