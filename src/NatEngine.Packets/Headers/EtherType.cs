namespace NatEngine.Packets.Headers;

/// <summary>What an Ethernet frame carries (IEEE 802 numbers), as far as anything here asks.</summary>
public enum EtherType : ushort
{
    /// <summary>Not set.</summary>
    None = 0,

    /// <summary>Internet Protocol version 4, RFC 894.</summary>
    IPv4 = 0x0800,

    /// <summary>Address Resolution Protocol, RFC 826.</summary>
    Arp = 0x0806,

    /// <summary>A customer VLAN tag follows (IEEE 802.1Q).</summary>
    VlanTag = 0x8100,

    /// <summary>A service VLAN tag follows (IEEE 802.1ad).</summary>
    ServiceVlanTag = 0x88A8,

    /// <summary>Internet Protocol version 6, RFC 2464.</summary>
    IPv6 = 0x86DD,
}
