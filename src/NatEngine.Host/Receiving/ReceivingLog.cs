using System;
using Microsoft.Extensions.Logging;

namespace NatEngine.Host.Receiving;

/// <summary>What the gateway says of how the kernel receives.</summary>
internal static partial class ReceivingLog
{
    [LoggerMessage(20, LogLevel.Information, "receive   {Interface}: in {Count} thread(s) of the kernel's")]
    internal static partial void Threads(ILogger logger, string @interface, int count);

    [LoggerMessage(
        21,
        LogLevel.Warning,
        "{Interface} is received in threads of the kernel's that can't be seen from here (a container?): where they "
        + "run is not natengine's to say")]
    internal static partial void ThreadsUnseen(ILogger logger, string @interface);

    [LoggerMessage(
        22,
        LogLevel.Warning,
        "{Interface} is received in interrupts, although threads were asked for: {Reason} (its driver must have NAPI; "
        + "veth has it only with `ethtool -K {Interface} gro on`)")]
    internal static partial void NotThreaded(ILogger logger, string @interface, string reason);

    [LoggerMessage(
        32, LogLevel.Information, "receive   {Interface}: in threads of the kernel's already, and stays there")]
    internal static partial void ThreadsWereThere(ILogger logger, string @interface);

    [LoggerMessage(33, LogLevel.Information, "receive   {Interface}: in interrupts again")]
    internal static partial void Interrupts(ILogger logger, string @interface);

    [LoggerMessage(
        34,
        LogLevel.Warning,
        "Overload: the kernel's receiving leaves the gateway no time to forward; it is moved to threads until it is "
        + "calm for {Calm}")]
    internal static partial void Overload(ILogger logger, TimeSpan calm);

    [LoggerMessage(35, LogLevel.Information, "The overload is over")]
    internal static partial void Over(ILogger logger);
}
