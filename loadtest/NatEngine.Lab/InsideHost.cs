using System;
using System.Net;

namespace NatEngine.Lab;

/// <summary>A host behind the gateway, and the crowd of clients it can pretend to be.</summary>
/// <param name="Host">The host.</param>
/// <param name="Address">Its own address.</param>
/// <param name="ClientPrefix">4,096 further addresses that are all this host's: a program may bind to each.</param>
public sealed record InsideHost(LabHost Host, IPAddress Address, IPNetwork ClientPrefix)
{
    /// <summary>Name of the host's one interface besides loopback.</summary>
    public const string Interface = "eth0";

    /// <summary>How many clients the host can pretend to be.</summary>
    public const int ClientCount = 4094;

    /// <summary>The address of a client.</summary>
    /// <param name="number">From 0 to <see cref="ClientCount"/> - 1.</param>
    public IPAddress ClientAddress(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, ClientCount);

        // From .1 of the prefix on. It lies on a 4,096 boundary, so only the last two octets change.
        byte[] octets = ClientPrefix.BaseAddress.GetAddressBytes();
        octets[2] += (byte)((number + 1) >> 8);
        octets[3] = (byte)(number + 1);
        return new IPAddress(octets);
    }
}
