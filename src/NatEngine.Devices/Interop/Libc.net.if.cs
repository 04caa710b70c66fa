using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <net/if.h>, with ARPHRD_ from net/if_arp.h.
internal static unsafe partial class Libc
{
    internal const int IFNAMSIZ = 16;
    internal const uint IFF_UP = 0x1;
    internal const uint IFF_RUNNING = 0x40;

    internal const ushort ARPHRD_ETHER = 1;

    // unsigned int if_nametoindex(const char *ifname);
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint if_nametoindex(string ifname);

    // The union ifr_ifru has more members in C; these are the ones in use.
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    internal struct ifreq
    {
        [FieldOffset(0)]
        internal fixed byte ifr_name[IFNAMSIZ];

        [FieldOffset(16)]
        internal int ifr_mtu;

        // ifr_hwaddr is a struct sockaddr, which begins with sa_family.
        [FieldOffset(16)]
        internal ushort ifr_hwaddr_family;

        [FieldOffset(16)]
        internal void* ifr_data;
    }
}
