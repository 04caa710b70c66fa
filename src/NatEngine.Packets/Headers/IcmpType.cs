namespace NatEngine.Packets.Headers;

/// <summary>The type field of an ICMP message (RFC 792, RFC 950).</summary>
public enum IcmpType : byte
{
    /// <summary>Answer to an echo request.</summary>
    EchoReply = 0,

    /// <summary>Error: the packet cannot be delivered.</summary>
    DestinationUnreachable = 3,

    /// <summary>Error: slow down. Deprecated by RFC 6633.</summary>
    SourceQuench = 4,

    /// <summary>Use another router. Carries the packet that led to it, as errors do.</summary>
    Redirect = 5,

    /// <summary>Query: are you there?</summary>
    EchoRequest = 8,

    /// <summary>Error: too many routers, or a fragment that did not come.</summary>
    TimeExceeded = 11,

    /// <summary>Error: a header field makes no sense.</summary>
    ParameterProblem = 12,

    /// <summary>Query: what time is it?</summary>
    TimestampRequest = 13,

    /// <summary>Answer to a timestamp request.</summary>
    TimestampReply = 14,

    /// <summary>Query: what is the subnet mask? Obsoleted by RFC 6918.</summary>
    AddressMaskRequest = 17,

    /// <summary>Answer to an address mask request.</summary>
    AddressMaskReply = 18,
}
