namespace NatEngine.Devices;

/// <summary>What an extended BPF program can ask the kernel about a packet beside its octets: offsets in
/// <c>struct __sk_buff</c> of linux/bpf.h.</summary>
public enum PacketProperty
{
    /// <summary>The frame's length in octets, the Ethernet header included, a VLAN tag not.</summary>
    Length = 0,

    /// <summary>Whom the frame is for: 0 this host (PACKET_HOST), others for broadcast, multicast, other stations.
    /// </summary>
    PacketType = 4,

    /// <summary>The frame's EtherType, in network order.</summary>
    Protocol = 16,

    /// <summary>Not 0 if the frame had a VLAN tag that has been taken out of it.</summary>
    VlanTagPresent = 20,
}
