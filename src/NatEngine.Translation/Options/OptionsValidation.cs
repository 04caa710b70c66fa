using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Refuses options that cannot hold, naming the key, the value and the rule.</summary>
internal static class OptionsValidation
{
    private const int MostSessions = 100_000_000;

    /// <summary>A session names its timer in one octet.</summary>
    private const int MostPortTimers = 128;

    private const int LargestLog = 1 << 24;

    private static readonly TimeSpan ShortestTimer = TimeSpan.FromSeconds(1);

    /// <summary>Deadlines are compared modulo 2^32 milliseconds, half of which is 24.8 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    /// <summary>Returns if the options can hold.</summary>
    /// <exception cref="InvalidOptionException">They cannot; the message says which, and by what rule.</exception>
    public static void Validate(TranslationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ValidatePools(options);
        ValidateSubscribers(options);
        ValidateUntranslated(options);
        PublishedValidation.Validate(options);
        ValidateSizes(options);
        ValidateTracking(options.TcpWindows);
        ValidateTimers(options.Timers);
    }

    private static void ValidatePools(TranslationOptions options)
    {
        IReadOnlyList<PoolOptions> pools = options.AllPools();
        PoolSetValidation.ValidateNames(options);
        PoolValidation.Validate(pools[0]);
        foreach (PoolOptions pool in options.Pools)
        {
            try
            {
                PoolValidation.Validate(pool);
            }
            catch (InvalidOptionException error)
            {
                throw new InvalidOptionException(error.Key, error.Value, error.Rule, pool.Name);
            }
        }

        PoolSetValidation.Validate(options);
    }

    private static void ValidateSubscribers(TranslationOptions options)
    {
        SubscriberLimits limits = options.Subscribers;
        Require(limits.Sessions >= 0, "Subscribers.Sessions", limits.Sessions, "0 (no limit) or more");
        Require(limits.Ports >= 0, "Subscribers.Ports", limits.Ports, "0 (no limit) or more");
        Require(
            limits.Ports == 0
                || !options.AllPools().Any(pool => pool.Behavior.Overload || pool.TcpBehavior is { Overload: true }),
            "Subscribers.Ports", limits.Ports, "with overload sessions hold no ports of their own: limit the sessions");
        Require(
            limits.NewSessionsPerSecond is >= 0 and <= 1_000_000,
            "Subscribers.NewSessionsPerSecond", limits.NewSessionsPerSecond, "0 (no limit) to 1000000");
    }

    private static void ValidateUntranslated(TranslationOptions options)
    {
        foreach (UntranslatedDestination destination in options.UntranslatedDestinations)
        {
            Require(
                destination.Ports is null || destination.Protocol is IpProtocol.Tcp or IpProtocol.Udp,
                nameof(options.UntranslatedDestinations), destination, "only TCP and UDP have ports");
        }
    }

    private static void ValidateSizes(TranslationOptions options)
    {
        Require(
            options.MaxSessions is >= 1 and <= MostSessions,
            nameof(options.MaxSessions), options.MaxSessions, $"1 to {MostSessions}");
        Require(
            options.MaxMappings is >= 0 and <= MostSessions,
            nameof(options.MaxMappings), options.MaxMappings, $"0 (as many as sessions) to {MostSessions}");
        Require(
            options.LogCapacity is >= 0 and <= LargestLog,
            nameof(options.LogCapacity), options.LogCapacity, $"0 (no log) to {LargestLog}");
    }

    private static void ValidateTracking(TcpWindowTracking tracking)
        => Require(
            Enum.IsDefined(tracking),
            nameof(TranslationOptions.TcpWindows), tracking, "must be off, liberal or strict");

    private static void ValidateTimers(TimerOptions timers)
    {
        RequireTimer(nameof(timers.TcpEstablished), timers.TcpEstablished);
        RequireTimer(nameof(timers.TcpOpening), timers.TcpOpening);
        RequireTimer(nameof(timers.TcpClosing), timers.TcpClosing);
        RequireTimer(nameof(timers.TcpTimeWait), timers.TcpTimeWait);
        RequireTimer(nameof(timers.Udp), timers.Udp);
        RequireTimer(nameof(timers.UdpUnreplied), timers.UdpUnreplied);
        RequireTimer(nameof(timers.IcmpQuery), timers.IcmpQuery);
        RequireTimer(nameof(timers.Other), timers.Other);
        Require(
            timers.ByPort.Count <= MostPortTimers,
            "Timers.ByPort", $"{timers.ByPort.Count} timers", $"at most {MostPortTimers}");
        HashSet<(IpProtocol Protocol, ushort Port)> seen = [];
        foreach (PortTimer timer in timers.ByPort)
        {
            Require(
                timer.Protocol is IpProtocol.Tcp or IpProtocol.Udp,
                "Timers.ByPort", timer.Protocol, "only TCP and UDP have ports");
            Require(seen.Add((timer.Protocol, timer.Port)), "Timers.ByPort", timer, "the port has a timer already");
            RequireTimer("ByPort." + timer.Port, timer.Idle);
        }
    }

    private static void RequireTimer(string key, TimeSpan value)
        => Require(value >= ShortestTimer && value <= LongestTimer, "Timers." + key, value, "1 second to 20 days");

    internal static void Require([DoesNotReturnIf(false)] bool holds, string key, object value, string rule)
    {
        if (!holds)
        {
            throw new InvalidOptionException(key, value, rule);
        }
    }
}
