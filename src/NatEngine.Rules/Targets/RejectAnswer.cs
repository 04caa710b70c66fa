namespace NatEngine.Rules.Targets;

/// <summary>What the sender of a rejected packet is told. The ICMP messages are of type 3, destination unreachable
/// (RFC 792, RFC 1812 section 5.2.7.1).</summary>
public enum RejectAnswer
{
    /// <summary>Code 0.</summary>
    NetUnreachable,

    /// <summary>Code 1.</summary>
    HostUnreachable,

    /// <summary>Code 2.</summary>
    ProtocolUnreachable,

    /// <summary>Code 3, which is the default.</summary>
    PortUnreachable,

    /// <summary>Code 9.</summary>
    NetProhibited,

    /// <summary>Code 10.</summary>
    HostProhibited,

    /// <summary>Code 13.</summary>
    AdminProhibited,

    /// <summary>A TCP segment with RST instead of an ICMP message.</summary>
    TcpReset,
}
