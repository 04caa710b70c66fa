using System;
using System.Net.Sockets;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Names causes of failure, and finds the cause behind what was thrown.</summary>
public static class FailureCauses
{
    private static readonly string[] Names =
    [
        "none", "connect-refused", "connect-timeout", "unreachable", "reset", "response-timeout", "http", "corrupt",
        "dns-timeout", "dns-error", "lost", "late", "no-port", "unsent", "other",
    ];

    /// <summary>How many causes there are, <see cref="FailureCause.None"/> included.</summary>
    public static int Count => Names.Length;

    /// <summary>The word for a cause in results and reports.</summary>
    public static string NameOf(FailureCause cause) => Names[(int)cause];

    /// <summary>The cause that an exception of a socket's stands for.</summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="timeout">What it is if it was the clock.</param>
    internal static FailureCause Of(Exception thrown, FailureCause timeout) => thrown switch
    {
        OperationCanceledException => timeout,
        SocketException socket => Of(socket.SocketErrorCode, timeout),
        _ => FailureCause.Other,
    };

    /// <summary>True for what goes wrong on the way, as opposed to what is wrong with us.</summary>
    internal static bool IsFailure(Exception thrown) => thrown is SocketException or OperationCanceledException;

    private static FailureCause Of(SocketError error, FailureCause timeout) => error switch
    {
        SocketError.ConnectionRefused => FailureCause.ConnectRefused,
        SocketError.TimedOut => timeout,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => FailureCause.Reset,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.AccessDenied
            or SocketError.HostDown => FailureCause.Unreachable,
        SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse
            or SocketError.TooManyOpenSockets => FailureCause.NoPort,
        _ => FailureCause.Other,
    };
}
