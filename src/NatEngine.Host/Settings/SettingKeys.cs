using System.Collections.Generic;
using System.Linq;

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
        "external:addresses", "external address", "--external-address", IsList: true, InPool: "externalAddresses");

    internal static readonly SettingKey ExternalGateway = new(
        "external:gateway", "external gateway", "--external-gateway");

    internal static readonly SettingKey Ports = new("external:ports", "external ports", InPool: "ports");

    internal static readonly SettingKey ExcludedPorts = new(
        "external:excludedPorts", "excluded ports", IsList: true, InPool: "excludedPorts");

    internal static readonly SettingKey AnswersStrangers = new(
        "external:answersStrangers", "answering of strangers");

    internal static readonly SettingKey Publish = new("publish", "published service", "--publish", IsList: true);

    internal static readonly SettingKey Rules = new("rules:file", "rules file", "--rules");

    internal static readonly SettingKey Preset = new("behavior:preset", "preset", "--preset", InPool: "preset");

    internal static readonly SettingKey Mapping = new("behavior:mapping", "mapping behaviour", InPool: "mapping");

    internal static readonly SettingKey Filtering = new(
        "behavior:filtering", "filtering behaviour", InPool: "filtering");

    internal static readonly SettingKey Overload = new("behavior:overload", "overloading of ports", InPool: "overload");

    internal static readonly SettingKey ReuseSourcePort = new(
        "behavior:reuseSourcePort", "reuse of a source's port", InPool: "reuseSourcePort");

    internal static readonly SettingKey Pooling = new("behavior:pooling", "pooling behaviour", InPool: "pooling");

    internal static readonly SettingKey PortChoice = new(
        "behavior:portChoice", "choice of ports", InPool: "portChoice");

    internal static readonly SettingKey PreserveParity = new(
        "behavior:preserveParity", "preservation of parity", InPool: "preserveParity");

    internal static readonly SettingKey PreserveRangeClass = new(
        "behavior:preserveRangeClass", "preservation of range class", InPool: "preserveRangeClass");

    internal static readonly SettingKey Quarantine = new("behavior:quarantine", "quarantine", InPool: "quarantine");

    internal static readonly SettingKey MaxQuarantined = new(
        "behavior:maxQuarantined", "number of ports in quarantine", InPool: "maxQuarantined");

    internal static readonly SettingKey UdpMapping = new(
        "behavior:udp:mapping", "UDP mapping behaviour", InPool: "udp:mapping");

    internal static readonly SettingKey UdpFiltering = new(
        "behavior:udp:filtering", "UDP filtering behaviour", InPool: "udp:filtering");

    internal static readonly SettingKey UdpOverload = new(
        "behavior:udp:overload", "UDP overloading of ports", InPool: "udp:overload");

    internal static readonly SettingKey UdpReuseSourcePort = new(
        "behavior:udp:reuseSourcePort", "UDP reuse of a source's port", InPool: "udp:reuseSourcePort");

    internal static readonly SettingKey UdpPortChoice = new(
        "behavior:udp:portChoice", "UDP choice of ports", InPool: "udp:portChoice");

    internal static readonly SettingKey UdpPreserveParity = new(
        "behavior:udp:preserveParity", "UDP preservation of parity", InPool: "udp:preserveParity");

    internal static readonly SettingKey TcpMapping = new(
        "behavior:tcp:mapping", "TCP mapping behaviour", InPool: "tcp:mapping");

    internal static readonly SettingKey TcpFiltering = new(
        "behavior:tcp:filtering", "TCP filtering behaviour", InPool: "tcp:filtering");

    internal static readonly SettingKey TcpOverload = new(
        "behavior:tcp:overload", "TCP overloading of ports", InPool: "tcp:overload");

    internal static readonly SettingKey TcpReuseSourcePort = new(
        "behavior:tcp:reuseSourcePort", "TCP reuse of a source's port", InPool: "tcp:reuseSourcePort");

    internal static readonly SettingKey TcpPortChoice = new(
        "behavior:tcp:portChoice", "TCP choice of ports", InPool: "tcp:portChoice");

    internal static readonly SettingKey TcpPreserveParity = new(
        "behavior:tcp:preserveParity", "TCP preservation of parity", InPool: "tcp:preserveParity");

    internal static readonly SettingKey BlockSize = new(
        "behavior:blocks:size", "size of port blocks", InPool: "blocks:size");

    internal static readonly SettingKey BlockCount = new(
        "behavior:blocks:maxPerSubscriber", "number of port blocks per internal address",
        InPool: "blocks:maxPerSubscriber");

    internal static readonly SettingKey BlockRelease = new(
        "behavior:blocks:releaseDelay", "release delay of port blocks", InPool: "blocks:releaseDelay");

    internal static readonly SettingKey DeterministicPrefix = new(
        "behavior:deterministic:prefix", "prefix with computed ports", InPool: "deterministic:prefix");

    internal static readonly SettingKey DeterministicRatio = new(
        "behavior:deterministic:ratio", "ratio of computed ports", InPool: "deterministic:ratio");

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

    internal static readonly SettingKey Lanes = new("pipeline:lanes", "number of lanes", "--lanes");

    internal static readonly SettingKey BatchSize = new("pipeline:batchSize", "batch size");

    internal static readonly SettingKey IdleSpin = new("pipeline:idleSpin", "idle spin");

    internal static readonly SettingKey Realtime = new("pipeline:realtime", "real-time priority");

    internal static readonly SettingKey MaxNeighbours = new("pipeline:maxNeighbours", "number of neighbours");

    internal static readonly SettingKey Ring = new("ring:version", "ring version", "--ring");

    internal static readonly SettingKey RingSlots = new("ring:slots", "number of ring slots");

    internal static readonly SettingKey BypassQdisc = new("ring:bypassQdisc", "bypass of the queueing discipline");

    internal static readonly SettingKey Napi = new("receive:napi", "way of receiving", "--napi");

    internal static readonly SettingKey Transmit = new("transmit:kind", "way of sending", "--transmit");

    internal static readonly SettingKey ControlPath = new("control:path", "control socket", "--control");

    internal static readonly SettingKey Guard = new("guard:enabled", "guard", "--no-guard");

    internal static readonly SettingKey GuardKind = new("guard:kind", "kind of guard", "--guard");

    internal static readonly SettingKey LogLevel = new("log:level", "log level");

    internal static readonly SettingKey TranslationLog = new("log:translations", "translation log");

    internal static readonly SettingKey PoolName = new("pools:*:name", "name of a pool", InPool: "name");

    internal static readonly SettingKey PoolPrefixes = new(
        "pools:*:internalPrefixes", "internal prefix of a pool", IsList: true, InPool: "internalPrefixes");

    /// <summary>All but those of a pool in the list, in the order of the sample.</summary>
    internal static readonly IReadOnlyList<SettingKey> All =
    [
        InternalInterface, InternalPrefixes, UntranslatedDestinations,
        ExternalInterface, ExternalAddresses, ExternalGateway, Ports, ExcludedPorts, AnswersStrangers,
        Publish,
        Rules,
        Preset, Mapping, Filtering, Overload, ReuseSourcePort, Pooling, PortChoice, PreserveParity, PreserveRangeClass,
        Quarantine, MaxQuarantined,
        UdpMapping, UdpFiltering, UdpOverload, UdpReuseSourcePort, UdpPortChoice, UdpPreserveParity,
        TcpMapping, TcpFiltering, TcpOverload, TcpReuseSourcePort, TcpPortChoice, TcpPreserveParity,
        BlockSize, BlockCount, BlockRelease, DeterministicPrefix, DeterministicRatio,
        OtherProtocols,
        SubscriberSessions, SubscriberPorts, SubscriberRate,
        MaxSessions, MaxMappings, MidStreamPickup, TcpWindows, InboundRefresh,
        TcpEstablished, TcpOpening, TcpClosing, TcpTimeWait, Udp, UdpUnreplied, IcmpQuery,
        OtherTimer, TimersByPort, ShortenWhenFull,
        Layout, Lanes, BatchSize, IdleSpin, Realtime, MaxNeighbours,
        Ring, RingSlots, BypassQdisc,
        Napi, Transmit,
        ControlPath, Guard, GuardKind, LogLevel, TranslationLog,
    ];

    /// <summary>Those that each pool in the list has.</summary>
    internal static readonly IReadOnlyList<SettingKey> OfPools =
        [PoolName, PoolPrefixes, .. All.Where(key => key.InPool is not null)];
}
