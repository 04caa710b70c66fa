using System;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Tells when the kernel's interfaces, IPv4 addresses or IPv4 routes change, in the network namespace of the
/// thread that made it.</summary>
/// <remarks>
/// <para>It says what to read again, not what is new: that is right however many changes came between, in whatever
/// order, and when the kernel had to leave some out.</para>
/// <para><see cref="Wait"/> belongs to one thread; <see cref="Wake"/> may be called from any.</para>
/// </remarks>
public sealed class NetlinkMonitor : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly FramePoller _poller;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="DeviceException">The kernel gave an error.</exception>
    public NetlinkMonitor()
    {
        _socket = new NetlinkSocket(Libc.RTMGRP_LINK | Libc.RTMGRP_IPV4_IFADDR | Libc.RTMGRP_IPV4_ROUTE);

        // The error on this socket is the message that others are missing: it must be left for recv.
        _poller = new FramePoller([PollHandle], takesErrors: false);
    }

    /// <summary>Becomes readable (POLLIN) when something has changed, for those who wait elsewhere too.</summary>
    public SafeHandle PollHandle => _socket.Handle;

    /// <summary>Sleeps until something changes, <see cref="Wake"/> is called, or the time is over.</summary>
    /// <param name="timeoutMilliseconds">How long at most; 0 only looks, −1 waits without end.</param>
    /// <returns>All that has changed since the last call; <see cref="NetworkChanges.None"/> if nothing has.</returns>
    public NetworkChanges Wait(int timeoutMilliseconds)
        => _poller.Wait(timeoutMilliseconds) ? ReadWaiting() : NetworkChanges.None;

    /// <summary>Ends the present <see cref="Wait"/>, or the next one if none is under way.</summary>
    public void Wake() => _poller.Wake();

    /// <inheritdoc/>
    public void Dispose()
    {
        _poller.Dispose();
        _socket.Dispose();
    }

    private NetworkChanges ReadWaiting()
    {
        NetworkChanges changes = NetworkChanges.None;
        while (true)
        {
            ReadOnlySpan<byte> datagram = _socket.Receive(Libc.MSG_DONTWAIT, out int error);
            switch (error)
            {
                case 0:
                    changes |= ChangesIn(datagram);
                    break;
                case Libc.EAGAIN:
                    return changes;
                case Libc.ENOBUFS:
                    changes = NetworkChanges.All;
                    break;
                default:
                    throw DeviceException.FromError(error, "recv(AF_NETLINK)", "netlink");
            }
        }
    }

    private static NetworkChanges ChangesIn(ReadOnlySpan<byte> datagram)
    {
        NetworkChanges changes = NetworkChanges.None;
        NetlinkReader reader = new(datagram);
        while (reader.TryReadMessage(out Libc.nlmsghdr header, out _))
        {
            // The routes of an interface that goes down, or of an address that is removed, go without a word.
            changes |= header.nlmsg_type switch
            {
                Libc.RTM_NEWLINK or Libc.RTM_DELLINK => NetworkChanges.Links | NetworkChanges.Routes,
                Libc.RTM_NEWADDR or Libc.RTM_DELADDR => NetworkChanges.Addresses | NetworkChanges.Routes,
                Libc.RTM_NEWROUTE or Libc.RTM_DELROUTE => NetworkChanges.Routes,
                _ => NetworkChanges.None,
            };
        }

        return changes;
    }
}
