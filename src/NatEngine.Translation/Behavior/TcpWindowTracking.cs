namespace NatEngine.Translation;

/// <summary>What is made of the sequence numbers of TCP segments.</summary>
public enum TcpWindowTracking
{
    /// <summary>Nothing: they are not looked at.</summary>
    Off,

    /// <summary>A reset counts only where the connection is (RFC 5961 section 3, RFC 7857 section 2.2); other segments
    /// pass wherever they are (nf_conntrack_tcp_be_liberal).</summary>
    Liberal,

    /// <summary>A segment over the window of the receiver, or acknowledging what nobody has sent, is dropped
    /// too.</summary>
    Strict,
}
