using System.Runtime.InteropServices;

namespace NatEngine.Devices.Interop;

// <linux/if_packet.h>, with ETH_P_ from linux/if_ether.h.
internal static unsafe partial class Libc
{
    internal const ushort ETH_P_ALL = 0x0003;
    internal const ushort ETH_P_IP = 0x0800;
    internal const ushort ETH_P_ARP = 0x0806;

    internal const int PACKET_HOST = 0;
    internal const int PACKET_BROADCAST = 1;

    internal const int PACKET_RX_RING = 5;
    internal const int PACKET_STATISTICS = 6;
    internal const int PACKET_VERSION = 10;
    internal const int PACKET_HDRLEN = 11;
    internal const int PACKET_RESERVE = 12;
    internal const int PACKET_VNET_HDR = 15;
    internal const int PACKET_FANOUT = 18;
    internal const int PACKET_QDISC_BYPASS = 20;
    internal const int PACKET_FANOUT_DATA = 22;
    internal const int PACKET_IGNORE_OUTGOING = 23;

    internal const int PACKET_FANOUT_CBPF = 6;
    internal const int PACKET_FANOUT_FLAG_UNIQUEID = 0x2000;

    internal const int TPACKET_V2 = 1;
    internal const int TPACKET_V3 = 2;

    internal const int TPACKET_ALIGNMENT = 16;

    internal const uint TP_STATUS_KERNEL = 0;
    internal const uint TP_STATUS_USER = 1 << 0;

    [StructLayout(LayoutKind.Sequential)]
    internal struct sockaddr_ll
    {
        internal ushort sll_family;
        internal ushort sll_protocol; // network order
        internal int sll_ifindex;
        internal ushort sll_hatype;
        internal byte sll_pkttype;
        internal byte sll_halen;
        internal fixed byte sll_addr[8];
    }

    // Version 3 has the first two members' successor, struct tpacket_stats_v3, at the same offsets.
    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_stats_v3
    {
        internal uint tp_packets;
        internal uint tp_drops;
        internal uint tp_freeze_q_cnt;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_req
    {
        internal uint tp_block_size;
        internal uint tp_block_nr;
        internal uint tp_frame_size;
        internal uint tp_frame_nr;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_req3
    {
        internal uint tp_block_size;
        internal uint tp_block_nr;
        internal uint tp_frame_size;
        internal uint tp_frame_nr;
        internal uint tp_retire_blk_tov; // milliseconds
        internal uint tp_sizeof_priv;
        internal uint tp_feature_req_word;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket2_hdr
    {
        internal uint tp_status;
        internal uint tp_len;
        internal uint tp_snaplen;
        internal ushort tp_mac;
        internal ushort tp_net;
        internal uint tp_sec;
        internal uint tp_nsec;
        internal ushort tp_vlan_tci;
        internal ushort tp_vlan_tpid;
        internal fixed byte tp_padding[4];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_hdr_variant1
    {
        internal uint tp_rxhash;
        internal uint tp_vlan_tci;
        internal ushort tp_vlan_tpid;
        internal ushort tp_padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket3_hdr
    {
        internal uint tp_next_offset;
        internal uint tp_sec;
        internal uint tp_nsec;
        internal uint tp_snaplen;
        internal uint tp_len;
        internal uint tp_status;
        internal ushort tp_mac;
        internal ushort tp_net;
        internal tpacket_hdr_variant1 hv1;
        internal fixed byte tp_padding[8];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_bd_ts
    {
        internal uint ts_sec;
        internal uint ts_nsec;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_hdr_v1
    {
        internal uint block_status;
        internal uint num_pkts;
        internal uint offset_to_first_pkt;
        internal uint blk_len;
        internal ulong seq_num;
        internal tpacket_bd_ts ts_first_pkt;
        internal tpacket_bd_ts ts_last_pkt;
    }

    // hdr is a union of one member in C.
    [StructLayout(LayoutKind.Sequential)]
    internal struct tpacket_block_desc
    {
        internal uint version;
        internal uint offset_to_priv;
        internal tpacket_hdr_v1 hdr;
    }
}
