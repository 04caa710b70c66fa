using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Recording;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Planning;

/// <summary>Says to translation what the operator asked for, now that it is known which addresses there are.</summary>
internal static class TranslationPlanner
{
    internal static TranslationOptions Plan(
        GatewaySettings settings, Machine machine, AddressPlan addresses, IReadOnlyList<IPv4Prefix> internalPrefixes)
        => new()
        {
            ExternalAddresses = addresses.Of(settings.Pool),
            Ports = settings.Pool.Ports,
            ExcludedPorts = Excluded(settings.Pool, machine, addresses),
            Behavior = settings.Pool.Behavior,
            TcpBehavior = settings.Pool.TcpBehavior,
            Blocks = settings.Pool.Blocks,
            Deterministic = settings.Pool.Deterministic,
            Pools = [.. settings.Pools.Select(pool => Plan(pool, machine, addresses))],
            Published = settings.Published,
            InternalPrefixes = internalPrefixes,
            UntranslatedDestinations = settings.UntranslatedDestinations,
            OtherProtocols = settings.OtherProtocols,
            Subscribers = settings.Subscribers,
            MaxSessions = settings.MaxSessions,
            MaxMappings = settings.MaxMappings,
            MidStreamPickup = settings.MidStreamPickup,
            TcpWindows = settings.TcpWindows,
            InboundRefresh = settings.InboundRefresh,
            Timers = settings.Timers,
            LogCapacity = settings.TranslationLogPath is null ? 0 : TranslationLogWriter.Capacity,
        };

    private static PoolOptions Plan(PoolSettings pool, Machine machine, AddressPlan addresses) => new()
    {
        Name = pool.Name,
        InternalPrefixes = pool.InternalPrefixes,
        ExternalAddresses = addresses.Of(pool),
        Ports = pool.Ports,
        ExcludedPorts = Excluded(pool, machine, addresses),
        Behavior = pool.Behavior,
        TcpBehavior = pool.TcpBehavior,
        Blocks = pool.Blocks,
        Deterministic = pool.Deterministic,
    };

    // The kernel's own connections have those ports of the address that it shares.
    private static IReadOnlyList<PortRange> Excluded(PoolSettings pool, Machine machine, AddressPlan addresses)
        => addresses.SharesWithHost(pool) ? [.. pool.ExcludedPorts, machine.LocalPorts] : pool.ExcludedPorts;
}
