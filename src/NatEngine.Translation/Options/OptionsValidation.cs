using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using NatEngine.Packets;

namespace NatEngine.Translation;

/// <summary>Refuses options that cannot hold, naming the key, the value and the rule.</summary>
internal static class OptionsValidation
{
    /// <summary>More would reserve more than three gigabytes of address space for port tables.</summary>
    private const int MostAddresses = 4096;

    private const int MostSessions = 100_000_000;

    /// <summary>A session names its timer in one octet.</summary>
    private const int MostPortTimers = 128;

    private static readonly TimeSpan ShortestTimer = TimeSpan.FromSeconds(1);

    /// <summary>Deadlines are compared modulo 2^32 milliseconds, half of which is 24.8 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    /// <summary>Returns if the options can hold.</summary>
    /// <exception cref="InvalidOptionException">They cannot; the message says which, and by what rule.</exception>
    public static void Validate(TranslationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ValidateBehavior(options.Behavior);
        ValidateQuarantine(options.Behavior);
        ValidateSubscribers(options.Subscribers, options.Behavior);
        ValidateAddresses(options);
        ValidatePorts(options);
        PortValidation.Validate(options);
        ValidatePublished(options);
        ValidateSizes(options);
        ValidateTracking(options.TcpWindows);
        ValidateTimers(options.Timers);
    }

    private static void ValidateBehavior(TranslationBehavior behavior)
    {
        Require(
            !behavior.Overload || behavior.Mapping == MappingBehavior.AddressAndPortDependent,
            "Behavior.Mapping", behavior.Mapping, "with Overload a port is shared by several internal ends and cannot "
                + "be the only one of any of them (RFC 7857 section 3): must be AddressAndPortDependent");
        Require(
            !behavior.Overload || behavior.Filtering == FilteringBehavior.AddressAndPortDependent,
            "Behavior.Filtering", behavior.Filtering, "with Overload a stranger's packet to a shared port could be for "
                + "any of its owners: must be AddressAndPortDependent");
    }

    private static void ValidateQuarantine(TranslationBehavior behavior)
    {
        Require(
            behavior.Quarantine >= TimeSpan.Zero && behavior.Quarantine <= TimeSpan.FromHours(1),
            "Behavior.Quarantine", behavior.Quarantine, "zero to an hour");
        Require(
            behavior.Quarantine == TimeSpan.Zero || !behavior.Overload,
            "Behavior.Quarantine", behavior.Quarantine, "a port that several sessions share is never free of all of "
                + "them: not together with Overload");
        Require(
            behavior.MaxQuarantined is >= 1 and <= 1 << 24,
            "Behavior.MaxQuarantined", behavior.MaxQuarantined, "1 to 16777216");
    }

    private static void ValidateSubscribers(SubscriberLimits limits, TranslationBehavior behavior)
    {
        Require(limits.Sessions >= 0, "Subscribers.Sessions", limits.Sessions, "0 (no limit) or more");
        Require(limits.Ports >= 0, "Subscribers.Ports", limits.Ports, "0 (no limit) or more");
        Require(
            limits.Ports == 0 || !behavior.Overload,
            "Subscribers.Ports", limits.Ports, "with Overload sessions hold no ports of their own: limit Sessions");
        Require(
            limits.NewSessionsPerSecond is >= 0 and <= 1_000_000,
            "Subscribers.NewSessionsPerSecond", limits.NewSessionsPerSecond, "0 (no limit) to 1000000");
    }

    private static void ValidateAddresses(TranslationOptions options)
    {
        IReadOnlyList<IPv4Address> addresses = options.ExternalAddresses;
        Require(
            addresses.Count is >= 1 and <= MostAddresses,
            nameof(options.ExternalAddresses), $"{addresses.Count} addresses", $"1 to {MostAddresses} are needed");
        HashSet<IPv4Address> seen = [];
        foreach (IPv4Address address in addresses)
        {
            Require(
                address.IsUnicast,
                nameof(options.ExternalAddresses), address, "a host must be able to have it (RFC 1812 section 5.3.7)");
            Require(seen.Add(address), nameof(options.ExternalAddresses), address, "it is listed twice");
        }
    }

    private static void ValidatePorts(TranslationOptions options)
    {
        Require(
            options.Ports.First >= 1 && options.Ports.First <= options.Ports.Last,
            nameof(options.Ports), options.Ports, "a range goes from 1 or more to the same or more");
        foreach (PortRange excluded in options.ExcludedPorts)
        {
            Require(
                excluded.First <= excluded.Last,
                nameof(options.ExcludedPorts), excluded, "a range goes from a port to the same or a higher one");
        }

        bool anyLeft = Enumerable.Range(options.Ports.First, options.Ports.Count)
            .Any(port => !options.ExcludedPorts.Any(range => range.Contains(port)));
        Require(anyLeft, nameof(options.ExcludedPorts), options.Ports, "at least one port of the range must be left");
    }

    private static void ValidatePublished(TranslationOptions options)
    {
        HashSet<(IpProtocol Protocol, ushort Port, IPv4Address Address)> taken = [];
        foreach (PublishedService service in options.Published)
        {
            ValidateService(options, service);
            IEnumerable<IPv4Address> addresses = service.ExternalAddress is IPv4Address only
                ? [only]
                : options.ExternalAddresses;
            foreach (IPv4Address address in addresses)
            {
                Require(
                    taken.Add((service.Protocol, service.ExternalPort, address)),
                    nameof(options.Published), service, $"another service has that port of {address} already");
            }
        }
    }

    private static void ValidateService(TranslationOptions options, PublishedService service)
    {
        const string Key = nameof(options.Published);
        Require(
            service.Protocol is IpProtocol.Tcp or IpProtocol.Udp,
            Key,
            service,
            "only TCP and UDP have ports to publish");
        Require(
            service.ExternalPort != 0 && service.Internal.Port != 0, Key, service, "port 0 cannot be reached");
        Require(
            service.ExternalAddress is not IPv4Address address || options.ExternalAddresses.Contains(address),
            Key, service, "the address is none of ExternalAddresses");
        Require(
            service.Internal.Address.IsUnicast
                && !options.ExternalAddresses.Contains(service.Internal.Address)
                && (options.InternalPrefixes.Count == 0
                    || options.InternalPrefixes.Any(prefix => prefix.Contains(service.Internal.Address))),
            Key, service, "the service's address must be an internal one");
    }

    private static void ValidateSizes(TranslationOptions options)
    {
        Require(
            options.MaxSessions is >= 1 and <= MostSessions,
            nameof(options.MaxSessions), options.MaxSessions, $"1 to {MostSessions}");
        Require(
            options.MaxMappings is >= 0 and <= MostSessions,
            nameof(options.MaxMappings), options.MaxMappings, $"0 (as many as sessions) to {MostSessions}");
    }

    private static void ValidateTracking(TcpWindowTracking tracking)
        => Require(Enum.IsDefined(tracking), nameof(TranslationOptions.TcpWindows), tracking, "Off, Liberal or Strict");

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
