using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>A socket to the kernel's routing tables (rtnetlink(7)), of the network namespace of the thread that opened
/// it.</summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    // The kernel fills at most 32 KiB of a dump at a time, and no notification is longer.
    private const int BufferLength = 64 << 10;

    // A table that changes while it is read is read again; one that changes without pause is taken as it is.
    private const int MaxDumps = 10;

    private const string Owner = "netlink";

    private readonly byte[] _buffer = new byte[BufferLength];
    private uint _sequence;

    /// <summary>Opens a socket.</summary>
    /// <param name="groups">RTMGRP_ of the changes to be told of; 0 for none.</param>
    internal NetlinkSocket(uint groups = 0)
    {
        Handle = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Libc.NETLINK_ROUTE);
        if (Handle.IsInvalid)
        {
            throw DeviceException.FromLastError("socket(AF_NETLINK)", Owner);
        }

        Libc.sockaddr_nl address = new() { nl_family = Libc.AF_NETLINK, nl_groups = groups };
        if (Libc.bind(Handle, &address, (uint)sizeof(Libc.sockaddr_nl)) != 0)
        {
            throw DeviceException.FromLastError("bind(AF_NETLINK)", Owner);
        }
    }

    internal delegate void Parser<T>(ReadOnlySpan<byte> payload, List<T> into);

    internal FileDescriptorHandle Handle { get; }

    /// <summary>Asks for a table and waits for all of it.</summary>
    /// <param name="request">The message's type: RTM_GETLINK and its kind.</param>
    /// <param name="answer">The type of the messages that hold the table's entries.</param>
    /// <param name="parse">Adds what one such message says to the list.</param>
    internal List<T> Dump<T>(ushort request, ushort answer, Parser<T> parse)
    {
        List<T> entries = [];
        for (int dump = 0; dump < MaxDumps; dump++)
        {
            entries.Clear();
            Ask(request);
            if (ReadDump(answer, parse, entries))
            {
                break;
            }
        }

        return entries;
    }

    /// <summary>Receives one datagram.</summary>
    /// <returns>Its octets, valid until the next call; empty, with the error number, if there was none.</returns>
    internal ReadOnlySpan<byte> Receive(int flags, out int error)
    {
        fixed (byte* buffer = _buffer)
        {
            while (true)
            {
                nint length = Libc.recv(Handle, buffer, BufferLength, flags);
                error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (error != Libc.EINTR)
                {
                    return _buffer.AsSpan(0, (int)Math.Max(length, 0));
                }
            }
        }
    }

    public void Dispose() => Handle.Dispose();

    private void Ask(ushort type)
    {
        // Each request's body begins with the family, and none is longer than a struct ifinfomsg.
        Request request = default;
        request.Header.nlmsg_len = (uint)sizeof(Request);
        request.Header.nlmsg_type = type;
        request.Header.nlmsg_flags = Libc.NLM_F_REQUEST | Libc.NLM_F_DUMP;
        request.Header.nlmsg_seq = ++_sequence;
        request.Body.ifi_family = type == Libc.RTM_GETLINK ? (byte)Libc.AF_UNSPEC : (byte)Libc.AF_INET;
        if (Libc.send(Handle, &request, (nuint)sizeof(Request), 0) < 0)
        {
            throw DeviceException.FromLastError("send(AF_NETLINK)", Owner);
        }
    }

    // False if the table changed meanwhile and may be inconsistent.
    private bool ReadDump<T>(ushort answer, Parser<T> parse, List<T> entries)
    {
        bool consistent = true;
        while (true)
        {
            ReadOnlySpan<byte> datagram = Receive(0, out int error);
            if (error != 0)
            {
                throw DeviceException.FromError(error, "recv(AF_NETLINK)", Owner);
            }

            NetlinkReader reader = new(datagram);
            while (reader.TryReadMessage(out Libc.nlmsghdr header, out ReadOnlySpan<byte> payload))
            {
                if (header.nlmsg_seq != _sequence)
                {
                    continue; // the rest of a dump that was given up
                }

                consistent &= (header.nlmsg_flags & Libc.NLM_F_DUMP_INTR) == 0;
                if (header.nlmsg_type == Libc.NLMSG_DONE)
                {
                    return consistent;
                }

                if (header.nlmsg_type == Libc.NLMSG_ERROR)
                {
                    throw DeviceException.FromError(-MemoryMarshal.Read<int>(payload), "dump(AF_NETLINK)", Owner);
                }

                if (header.nlmsg_type == answer)
                {
                    parse(payload, entries);
                }
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        internal Libc.nlmsghdr Header;
        internal Libc.ifinfomsg Body;
    }
}
