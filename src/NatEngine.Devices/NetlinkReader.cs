using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Walks what netlink strings together: messages in a datagram, attributes in a message, next hops in an
/// attribute. Each has its length in front and begins on a multiple of four.</summary>
/// <remarks>Ends at the first piece whose length makes no sense.</remarks>
internal ref struct NetlinkReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _rest = octets;

    /// <summary>Reads the next message.</summary>
    internal bool TryReadMessage(out Libc.nlmsghdr header, out ReadOnlySpan<byte> payload)
    {
        bool present = MemoryMarshal.TryRead(_rest, out header);
        return TryTake(present ? header.nlmsg_len : 0, Unsafe.SizeOf<Libc.nlmsghdr>(), out payload);
    }

    /// <summary>Reads the next attribute.</summary>
    internal bool TryReadAttribute(out int type, out ReadOnlySpan<byte> payload)
    {
        bool present = MemoryMarshal.TryRead(_rest, out Libc.nlattr header);
        type = header.nla_type & Libc.NLA_TYPE_MASK;
        return TryTake(present ? header.nla_len : 0u, Unsafe.SizeOf<Libc.nlattr>(), out payload);
    }

    /// <summary>Reads the next hop of a multipath route.</summary>
    internal bool TryReadNextHop(out Libc.rtnexthop header, out ReadOnlySpan<byte> attributes)
    {
        bool present = MemoryMarshal.TryRead(_rest, out header);
        return TryTake(present ? header.rtnh_len : 0u, Unsafe.SizeOf<Libc.rtnexthop>(), out attributes);
    }

    // The length counts its header, but not the padding that brings the next piece to a multiple of four.
    private bool TryTake(uint length, int headerLength, out ReadOnlySpan<byte> payload)
    {
        if (length < headerLength || length > _rest.Length)
        {
            payload = default;
            return false;
        }

        payload = _rest[headerLength..(int)length];
        int next = ((int)length + Libc.NLMSG_ALIGNTO - 1) & -Libc.NLMSG_ALIGNTO;
        _rest = _rest[Math.Min(next, _rest.Length)..];
        return true;
    }
}
