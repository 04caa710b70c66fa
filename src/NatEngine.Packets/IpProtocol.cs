namespace NatEngine.Packets;

/// <summary>The protocol field of an IPv4 header (IANA assigned protocol numbers). Any octet may occur; these have
/// names because something here treats them specially.</summary>
public enum IpProtocol : byte
{
    /// <summary>None: the zero of an unset tuple.</summary>
    None = 0,

    /// <summary>Internet Control Message Protocol, RFC 792.</summary>
    Icmp = 1,

    /// <summary>Transmission Control Protocol, RFC 9293.</summary>
    Tcp = 6,

    /// <summary>User Datagram Protocol, RFC 768.</summary>
    Udp = 17,

    /// <summary>Generic Routing Encapsulation, RFC 2784.</summary>
    Gre = 47,

    /// <summary>Encapsulating Security Payload, RFC 4303.</summary>
    Esp = 50,

    /// <summary>Stream Control Transmission Protocol, RFC 9260.</summary>
    Sctp = 132,

    /// <summary>UDP-Lite, RFC 3828.</summary>
    UdpLite = 136,
}
