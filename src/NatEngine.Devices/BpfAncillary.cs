using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>What a classic BPF program can ask the kernel about a frame beside its octets (SKF_AD_ of
/// linux/filter.h).</summary>
internal enum BpfAncillary
{
    /// <summary>The frame's EtherType, in host order.</summary>
    Protocol = Libc.SKF_AD_PROTOCOL,

    /// <summary>Whom the frame is for: PACKET_HOST, PACKET_BROADCAST…</summary>
    PacketType = Libc.SKF_AD_PKTTYPE,

    /// <summary>The hash that spreads flows over queues.</summary>
    ReceiveHash = Libc.SKF_AD_RXHASH,

    /// <summary>The processor that received the frame.</summary>
    Processor = Libc.SKF_AD_CPU,

    /// <summary>1 if the frame had a VLAN tag that the interface took out of it, 0 if not.</summary>
    VlanTagPresent = Libc.SKF_AD_VLAN_TAG_PRESENT,
}
