using System;
using Microsoft.Extensions.Logging;

namespace NatEngine.Host.Hosting;

/// <summary>What the gateway says of itself.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1, LogLevel.Information, "natengine {Version}, process {ProcessId}")]
    internal static partial void Starting(ILogger logger, string version, int processId);

    [LoggerMessage(2, LogLevel.Information, "internal  {Interface}: {Addresses}; translates {Prefixes}")]
    internal static partial void InternalSide(ILogger logger, string @interface, string addresses, string prefixes);

    [LoggerMessage(3, LogLevel.Information, "external  {Interface}: {Addresses} ({Mode}); {Gateway}")]
    internal static partial void ExternalSide(
        ILogger logger, string @interface, string addresses, string mode, string gateway);

    [LoggerMessage(
        4, LogLevel.Information, "ports     {Ports} of each external address, {Count}; published: {Published}")]
    internal static partial void Ports(ILogger logger, string ports, int count, string published);

    [LoggerMessage(5, LogLevel.Information, "layout    {Layout}: {Threads} thread(s); {Reason}")]
    internal static partial void Layout(ILogger logger, string layout, int threads, string reason);

    [LoggerMessage(
        31, LogLevel.Information,
        "lanes     {Lanes}, {Threads} threads in all; hosts by address, ports in stripes of {Stripe}")]
    internal static partial void Lanes(ILogger logger, int lanes, int stripe, int threads);

    [LoggerMessage(
        6, LogLevel.Information,
        "ring      {Interface}: {Version}, {Slots} slots, {Mebibytes} MiB, MTU {Mtu}, sends by {Transmit}")]
    internal static partial void Ring(
        ILogger logger, string @interface, string version, int slots, long mebibytes, int mtu, string transmit);

    [LoggerMessage(7, LogLevel.Information, "sessions  at most {MaxSessions}")]
    internal static partial void Sessions(ILogger logger, int maxSessions);

    [LoggerMessage(8, LogLevel.Information, "control   {Path}")]
    internal static partial void Control(ILogger logger, string path);

    [LoggerMessage(9, LogLevel.Information, "guard     {Guard}")]
    internal static partial void GuardInstalled(ILogger logger, string guard);

    [LoggerMessage(10, LogLevel.Warning, "{Warning}")]
    internal static partial void Warn(ILogger logger, string warning);

    [LoggerMessage(11, LogLevel.Information, "Ready: forwarding between {Internal} and {External}")]
    internal static partial void Ready(ILogger logger, string @internal, string external);

    [LoggerMessage(12, LogLevel.Information, "Stopping: packets on their way are sent, then the guard is removed")]
    internal static partial void Stopping(ILogger logger);

    [LoggerMessage(13, LogLevel.Information, "Stopped after {Forwarded} packets sent and {Dropped} dropped")]
    internal static partial void Stopped(ILogger logger, long forwarded, long dropped);

    [LoggerMessage(14, LogLevel.Critical, "The pipeline failed")]
    internal static partial void PipelineFailed(ILogger logger, Exception error);

    [LoggerMessage(
        15,
        LogLevel.Critical,
        "The guard stays, so that the kernel forwards nothing past the NAT: start natengine again, or remove it with "
        + "`natengine guard remove {Internal} {External}`")]
    internal static partial void GuardStays(ILogger logger, string @internal, string external);

    [LoggerMessage(
        16, LogLevel.Error, "The guard could not be removed: {Reason}; remove it with `natengine guard remove`")]
    internal static partial void GuardNotRemoved(ILogger logger, string reason);

    [LoggerMessage(17, LogLevel.Information, "behavior  {Preset}: {Behavior}; each internal address: {Limits}")]
    internal static partial void Behavior(ILogger logger, string preset, string behavior, string limits);

    [LoggerMessage(
        18, LogLevel.Information, "pool      {Name}: {Prefixes} as {Addresses}, ports {Ports}; {Preset}: {Behavior}")]
    internal static partial void Pool(
        ILogger logger, string name, string prefixes, string addresses, string ports, string preset, string behavior);

    [LoggerMessage(
        30, LogLevel.Information, "rules     {File}: {Asked} asked ({Nat} of nat, {Filter} of filter), {Kept} kept")]
    internal static partial void Rules(ILogger logger, string file, int asked, int nat, int filter, int kept);

    [LoggerMessage(19, LogLevel.Information, "tracking  TCP windows {TcpWindows}; other protocols {OtherProtocols}")]
    internal static partial void Tracking(ILogger logger, string tcpWindows, string otherProtocols);

    [LoggerMessage(
        23,
        LogLevel.Warning,
        "The packet threads have no real-time priority, although it was asked for: this needs CAP_SYS_NICE, and a "
        + "control group that has real time")]
    internal static partial void NotRealtime(ILogger logger);

    [LoggerMessage(
        42,
        LogLevel.Warning,
        "{Interface} has changed: {Changes}; natengine goes on as if it had not, start it again")]
    internal static partial void InterfaceChanged(ILogger logger, string @interface, string changes);

    [LoggerMessage(43, LogLevel.Critical, "{Reason}: the gateway ends")]
    internal static partial void InterfaceGone(ILogger logger, string reason);
}
