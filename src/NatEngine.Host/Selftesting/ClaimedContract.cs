using System;
using System.Buffers.Binary;
using System.Net;
using NatEngine.Conformance;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Selftesting;

/// <summary>What the settings claim of the RFCs' requirements.</summary>
internal static class ClaimedContract
{
    /// <summary>Reads it off the effective settings.</summary>
    internal static Contract Of(GatewaySettings settings)
    {
        TranslationBehavior behavior = settings.Pool.Behavior;
        TranslationBehavior tcp = settings.Pool.TcpBehavior ?? behavior;
        return new Contract
        {
            UdpMapping = Of(behavior.Mapping),
            TcpMapping = Of(tcp.Mapping),
            UdpFiltering = Of(behavior.Filtering),
            TcpFiltering = Of(tcp.Filtering),
            UdpOverload = behavior.Overload,
            TcpOverload = tcp.Overload,
            PairedPooling = behavior.Pooling == PoolingBehavior.Paired,
            ExternalAddresses = LabSettings.ExternalAddresses(settings).Count,
            PreservesParity = behavior.PreserveParity,
            PreservesRangeClass = behavior.PreserveRangeClass,
            RandomPorts = behavior.Ports != PortChoice.Sequential,
            Quarantine = behavior.Quarantine,
            InboundRefresh = settings.InboundRefresh,
            ChecksResets = settings.TcpWindows != TcpWindowTracking.Off,
            HasUntranslatedDestinations = settings.UntranslatedDestinations.Count > 0,
            SubscriberPorts = settings.Subscribers.Ports,
            SubscriberSessions = settings.Subscribers.Sessions,
            SubscriberRate = settings.Subscribers.NewSessionsPerSecond,
            Lanes = settings.Lanes,
            LaneOf = host => new LaneDivision(settings.Lanes).OfHost(Of(host)),
            AnswersStrangers = settings.AnswersStrangers,
            Timers = Of(settings.Timers),
            WhyNotFewPorts = settings.Pool.Blocks is null ? null : "behavior.blocks: few ports are no block",
        };
    }

    private static IPv4Address Of(IPAddress address)
        => new(BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()));

    private static ContractTimers Of(TimerOptions timers) => new()
    {
        Udp = timers.Udp,
        UdpUnreplied = timers.UdpUnreplied,
        IcmpQuery = timers.IcmpQuery,
        TcpEstablished = timers.TcpEstablished,
        TcpOpening = timers.TcpOpening,
        TcpClosing = timers.TcpClosing < timers.TcpTimeWait ? timers.TcpClosing : timers.TcpTimeWait,
        HasTimersByPort = timers.ByPort.Count > 0,
    };

    private static Dependence Of(MappingBehavior mapping) => mapping switch
    {
        MappingBehavior.EndpointIndependent => Dependence.EndpointIndependent,
        MappingBehavior.AddressDependent => Dependence.AddressDependent,
        MappingBehavior.AddressAndPortDependent => Dependence.AddressAndPortDependent,
        _ => throw new ArgumentOutOfRangeException(nameof(mapping), mapping, "is no mapping behaviour"),
    };

    private static Dependence Of(FilteringBehavior filtering) => filtering switch
    {
        FilteringBehavior.EndpointIndependent => Dependence.EndpointIndependent,
        FilteringBehavior.AddressDependent => Dependence.AddressDependent,
        FilteringBehavior.AddressAndPortDependent => Dependence.AddressAndPortDependent,
        _ => throw new ArgumentOutOfRangeException(nameof(filtering), filtering, "is no filtering behaviour"),
    };
}
