namespace NatEngine.Translation;

/// <summary>The state of a TCP connection as seen from between its ends, with the names of nf_conntrack.</summary>
public enum TcpState : byte
{
    /// <summary>No state: not a TCP session.</summary>
    None,

    /// <summary>SYN seen in the original direction.</summary>
    SynSent,

    /// <summary>SYN answered by SYN and ACK, or, after a simultaneous open, acknowledged by one end.</summary>
    SynReceived,

    /// <summary>Open.</summary>
    Established,

    /// <summary>FIN seen from one end.</summary>
    FinWait,

    /// <summary>FIN seen from one end and acknowledged by the other, which may go on sending.</summary>
    CloseWait,

    /// <summary>FIN seen from both ends.</summary>
    LastAck,

    /// <summary>FIN seen from both ends and acknowledged.</summary>
    TimeWait,

    /// <summary>RST seen.</summary>
    Close,

    /// <summary>SYN seen from both ends: simultaneous open (RFC 9293 section 3.5).</summary>
    SynSent2,
}
