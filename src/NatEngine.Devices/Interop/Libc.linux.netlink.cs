using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <linux/netlink.h>
internal static partial class Libc
{
    internal const int NETLINK_ROUTE = 0;

    internal const ushort NLM_F_REQUEST = 0x01;
    internal const ushort NLM_F_DUMP_INTR = 0x10;
    internal const ushort NLM_F_DUMP = 0x300;

    internal const ushort NLMSG_ERROR = 0x2;
    internal const ushort NLMSG_DONE = 0x3;
    internal const int NLMSG_ALIGNTO = 4;

    internal const int NLA_F_NESTED = 1 << 15;
    internal const int NLA_F_NET_BYTEORDER = 1 << 14;
    internal const int NLA_TYPE_MASK = ~(NLA_F_NESTED | NLA_F_NET_BYTEORDER);

    [StructLayout(LayoutKind.Sequential)]
    internal struct sockaddr_nl
    {
        internal ushort nl_family;
        internal ushort nl_pad;
        internal uint nl_pid;
        internal uint nl_groups;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct nlmsghdr
    {
        internal uint nlmsg_len;
        internal ushort nlmsg_type;
        internal ushort nlmsg_flags;
        internal uint nlmsg_seq;
        internal uint nlmsg_pid;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct nlattr
    {
        internal ushort nla_len;
        internal ushort nla_type;
    }
}
