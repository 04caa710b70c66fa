using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <linux/ethtool.h>
internal static unsafe partial class Libc
{
    internal const uint ETHTOOL_GDRVINFO = 0x00000003;
    internal const uint ETHTOOL_GFLAGS = 0x00000025;
    internal const uint ETHTOOL_GGRO = 0x0000002b;

    internal const uint ETH_FLAG_LRO = 1 << 15;

    internal const int ETHTOOL_BUSINFO_LEN = 32;
    internal const int ETHTOOL_FWVERS_LEN = 32;
    internal const int ETHTOOL_EROMVERS_LEN = 32;

    [StructLayout(LayoutKind.Sequential)]
    internal struct ethtool_drvinfo
    {
        internal uint cmd;
        internal fixed byte driver[32];
        internal fixed byte version[32];
        internal fixed byte fw_version[ETHTOOL_FWVERS_LEN];
        internal fixed byte bus_info[ETHTOOL_BUSINFO_LEN];
        internal fixed byte erom_version[ETHTOOL_EROMVERS_LEN];
        internal fixed byte reserved2[12];
        internal uint n_priv_flags;
        internal uint n_stats;
        internal uint testinfo_len;
        internal uint eedump_len;
        internal uint regdump_len;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct ethtool_value
    {
        internal uint cmd;
        internal uint data;
    }
}
