using System.Collections.Generic;

namespace NatEngine.Host.Settings;

/// <summary>Every setting there is. What each one does, its unit, default and bound stand in natengine.sample.json.
/// </summary>
internal static class SettingKeys
{
    internal static readonly SettingKey InternalInterface = new(
        "internal:interface", "internal interface", "--internal");

    internal static readonly SettingKey InternalPrefixes = new("internal:prefixes", "internal prefix", IsList: true);

    internal static readonly SettingKey UntranslatedDestinations = new(
        "internal:untranslatedDestinations", "untranslated destination", IsList: true);

    internal static readonly SettingKey ExternalInterface = new(
        "external:interface", "external interface", "--external");

    internal static readonly SettingKey ExternalAddresses = new(
        "external:addresses", "external address", "--external-address", IsList: true);

    internal static readonly SettingKey ExternalGateway = new(
        "external:gateway", "external gateway", "--external-gateway");

    internal static readonly SettingKey Ports = new("external:ports", "external ports");

    internal static readonly SettingKey ExcludedPorts = new("external:excludedPorts", "excluded ports", IsList: true);

    internal static readonly SettingKey Publish = new("publish", "published service", "--publish", IsList: true);

    internal static readonly SettingKey Preset = new("behavior:preset", "preset", "--preset");

    internal static readonly SettingKey Mapping = new("behavior:mapping", "mapping behaviour");

    internal static readonly SettingKey Filtering = new("behavior:filtering", "filtering behaviour");

    internal static readonly SettingKey Overload = new("behavior:overload", "overloading of ports");

    internal static readonly SettingKey Pooling = new("behavior:pooling", "pooling behaviour");

    internal static readonly SettingKey PortChoice = new("behavior:portChoice", "choice of ports");

    internal static readonly SettingKey PreserveParity = new("behavior:preserveParity", "preservation of parity");

    internal static readonly SettingKey PreserveRangeClass = new(
        "behavior:preserveRangeClass", "preservation of range class");

    internal static readonly SettingKey Quarantine = new("behavior:quarantine", "quarantine");

    internal static readonly SettingKey MaxQuarantined = new(
        "behavior:maxQuarantined", "number of ports in quarantine");

    internal static readonly SettingKey OtherProtocols = new("behavior:otherProtocols", "other protocols");

    internal static readonly SettingKey SubscriberSessions = new(
        "subscribers:maxSessions", "number of sessions per internal address");

    internal static readonly SettingKey SubscriberPorts = new(
        "subscribers:maxPorts", "number of ports per internal address");

    internal static readonly SettingKey SubscriberRate = new(
        "subscribers:newSessionsPerSecond", "number of new sessions per second and internal address");

    internal static readonly SettingKey MaxSessions = new("sessions:max", "number of sessions", "--max-sessions");

    internal static readonly SettingKey MaxMappings = new("sessions:maxMappings", "number of mappings");

    internal static readonly SettingKey MidStreamPickup = new("sessions:midStreamPickup", "mid-stream pick-up");

    internal static readonly SettingKey TcpWindows = new("sessions:tcpWindows", "tracking of TCP windows");

    internal static readonly SettingKey InboundRefresh = new("sessions:inboundRefresh", "inbound refresh");

    internal static readonly SettingKey TcpEstablished = new("timers:tcpEstablished", "timer");

    internal static readonly SettingKey TcpOpening = new("timers:tcpOpening", "timer");

    internal static readonly SettingKey TcpClosing = new("timers:tcpClosing", "timer");

    internal static readonly SettingKey TcpTimeWait = new("timers:tcpTimeWait", "timer");

    internal static readonly SettingKey Udp = new("timers:udp", "timer");

    internal static readonly SettingKey UdpUnreplied = new("timers:udpUnreplied", "timer");

    internal static readonly SettingKey IcmpQuery = new("timers:icmpQuery", "timer");

    internal static readonly SettingKey OtherTimer = new("timers:other", "timer");

    internal static readonly SettingKey TimersByPort = new("timers:byPort", "timer of a port", IsList: true);

    internal static readonly SettingKey ShortenWhenFull = new("timers:shortenWhenFull", "shortening of timers");

    internal static readonly SettingKey Layout = new("pipeline:layout", "layout", "--layout");

    internal static readonly SettingKey BatchSize = new("pipeline:batchSize", "batch size");

    internal static readonly SettingKey IdleSpin = new("pipeline:idleSpin", "idle spin");

    internal static readonly SettingKey MaxNeighbours = new("pipeline:maxNeighbours", "number of neighbours");

    internal static readonly SettingKey Ring = new("ring:version", "ring version", "--ring");

    internal static readonly SettingKey RingSlots = new("ring:slots", "number of ring slots");

    internal static readonly SettingKey BypassQdisc = new("ring:bypassQdisc", "bypass of the queueing discipline");

    internal static readonly SettingKey ControlPath = new("control:path", "control socket", "--control");

    internal static readonly SettingKey Guard = new("guard:enabled", "guard", "--no-guard");

    internal static readonly SettingKey LogLevel = new("log:level", "log level");

    /// <summary>All of them, in the order of the sample.</summary>
    internal static readonly IReadOnlyList<SettingKey> All =
    [
        InternalInterface, InternalPrefixes, UntranslatedDestinations,
        ExternalInterface, ExternalAddresses, ExternalGateway, Ports, ExcludedPorts,
        Publish,
        Preset, Mapping, Filtering, Overload, Pooling, PortChoice, PreserveParity, PreserveRangeClass,
        Quarantine, MaxQuarantined, OtherProtocols,
        SubscriberSessions, SubscriberPorts, SubscriberRate,
        MaxSessions, MaxMappings, MidStreamPickup, TcpWindows, InboundRefresh,
        TcpEstablished, TcpOpening, TcpClosing, TcpTimeWait, Udp, UdpUnreplied, IcmpQuery,
        OtherTimer, TimersByPort, ShortenWhenFull,
        Layout, BatchSize, IdleSpin, MaxNeighbours,
        Ring, RingSlots, BypassQdisc,
        ControlPath, Guard, LogLevel,
    ];
}
