namespace NatEngine.Packets;

/// <summary>What the parser found, as far as it decides what is done next.</summary>
public enum PacketKind : byte
{
    /// <summary>Not parsed.</summary>
    None = 0,

    /// <summary>Neither IPv4 nor ARP: the kernel's business.</summary>
    OtherEtherType,

    /// <summary>An ARP packet for IPv4 over Ethernet.</summary>
    Arp,

    /// <summary>A TCP segment.</summary>
    Tcp,

    /// <summary>A UDP datagram.</summary>
    Udp,

    /// <summary>An ICMP query or its answer.</summary>
    IcmpQuery,

    /// <summary>An ICMP error, whose tuple is that of the packet it embeds, reversed.</summary>
    IcmpError,

    /// <summary>An ICMP message of another type.</summary>
    OtherIcmp,

    /// <summary>Another transport protocol: the tuple's ports are zero.</summary>
    OtherProtocol,

    /// <summary>A fragment that is not the first: it has no transport header, and the tuple's ports are zero.</summary>
    LaterFragment,
}
