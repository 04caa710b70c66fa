using System;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;
using NatEngine.Devices;
using NatEngine.Host.Control;
using NatEngine.Host.Guarding;
using NatEngine.Host.Receiving;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Settings;

/// <summary>What the operator asked for, read and well-formed, but not yet held against the machine.</summary>
/// <remarks>natengine.sample.json says of each what it does, its unit, default and bound.</remarks>
internal sealed record GatewaySettings
{
    /// <summary>The interface towards the internal hosts.</summary>
    internal required string InternalInterface { get; init; }

    /// <summary>The interface towards the outside.</summary>
    internal required string ExternalInterface { get; init; }

    /// <summary>The addresses that are translated; empty for what the internal interface reaches.</summary>
    internal IReadOnlyList<IPv4Prefix> InternalPrefixes { get; init; } = [];

    /// <summary>Destinations that are reached untranslated.</summary>
    internal IReadOnlyList<UntranslatedDestination> UntranslatedDestinations { get; init; } = [];

    /// <summary>The router on the external link; null for the kernel's routes.</summary>
    internal IPv4Address? ExternalGateway { get; init; }

    /// <summary>Whether a stranger is told that nobody wants his TCP connection.</summary>
    internal bool AnswersStrangers { get; init; } = true;

    /// <summary>Internal services that the outside may reach.</summary>
    internal IReadOnlyList<PublishedService> Published { get; init; } = [];

    /// <summary>The file that says what sessions must pass and how they are translated; null for none.</summary>
    internal string? RulesPath { get; init; }

    /// <summary>The external addresses and ports, and how they show themselves, but for those in
    /// <see cref="Pools"/>.</summary>
    internal PoolSettings Pool { get; init; } = new();

    /// <summary>Other pools, for some of the internal addresses.</summary>
    internal IReadOnlyList<PoolSettings> Pools { get; init; } = [];

    /// <summary>All of them.</summary>
    internal IEnumerable<PoolSettings> AllPools => [Pool, .. Pools];

    /// <summary>What one internal address may have at most.</summary>
    internal SubscriberLimits Subscribers { get; init; } = new();

    /// <summary>Whether protocols without ports are translated.</summary>
    internal bool OtherProtocols { get; init; }

    /// <summary>Sessions at most.</summary>
    internal int MaxSessions { get; init; } = 1 << 20;

    /// <summary>Mappings at most; 0 for as many as sessions.</summary>
    internal int MaxMappings { get; init; }

    /// <summary>Whether a TCP segment in mid-stream opens a session, from inside.</summary>
    internal bool MidStreamPickup { get; init; } = true;

    /// <summary>What is made of TCP's sequence numbers.</summary>
    internal TcpWindowTracking TcpWindows { get; init; }

    /// <summary>Whether a packet from outside prolongs its session.</summary>
    internal bool InboundRefresh { get; init; } = true;

    /// <summary>How long sessions live.</summary>
    internal TimerOptions Timers { get; init; } = new();

    /// <summary>Which stages share a thread; null for what the number of cores suggests.</summary>
    internal PipelineLayout? Layout { get; init; }

    /// <summary>Gateways side by side, each with a part of the hosts and of the ports.</summary>
    internal int Lanes { get; init; } = 1;

    /// <summary>Frames that a batch holds.</summary>
    internal int BatchSize { get; init; } = 64;

    /// <summary>How long a thread looks for work before it sleeps.</summary>
    internal TimeSpan IdleSpin { get; init; } = TimeSpan.FromMicroseconds(20);

    /// <summary>Whether the packet threads come before all ordinary ones.</summary>
    internal bool Realtime { get; init; }

    /// <summary>Hosts and routers on the two links that can be known at a time.</summary>
    internal int MaxNeighbours { get; init; } = 4096;

    /// <summary>Shape of the receive rings.</summary>
    internal RingVersion Ring { get; init; } = RingVersion.V2;

    /// <summary>Frames that a receive ring holds.</summary>
    internal int RingSlots { get; init; } = 1024;

    /// <summary>Whether frames go past the interface's queueing discipline.</summary>
    internal bool BypassQdisc { get; init; }

    /// <summary>When the kernel receives in threads of its own instead of in interrupts.</summary>
    internal ReceiveWay Receive { get; init; }

    /// <summary>How frames are sent.</summary>
    internal TransmitKind Transmit { get; init; } = TransmitKind.Packet;

    /// <summary>Where the control socket is.</summary>
    internal string ControlPath { get; init; } = ControlChannel.DefaultPath;

    /// <summary>Whether the guard is installed.</summary>
    internal bool HasGuard { get; init; } = true;

    /// <summary>What the guard is made of.</summary>
    internal GuardKind GuardKind { get; init; } = GuardKind.Auto;

    /// <summary>The least severe event that is logged.</summary>
    internal LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Where it is written down who has which external port: a file, or <c>-</c> for standard output; null if
    /// nowhere.</summary>
    internal string? TranslationLogPath { get; init; }

    /// <summary>Whether somebody has set a setting.</summary>
    internal Func<SettingKey, bool> IsGiven { get; init; } = _ => false;

    /// <summary>Names where a setting came from, or would be set, in the words of a message.</summary>
    internal Func<SettingKey, string> Locate { get; init; } = key => key.Option ?? key.Path;
}
