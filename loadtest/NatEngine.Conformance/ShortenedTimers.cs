namespace NatEngine.Conformance;

/// <summary>The timers of <see cref="Arrangement.ShortTimers"/>, in seconds: short enough to wait for, far enough apart
/// to be told from each other.</summary>
public static class ShortenedTimers
{
    /// <summary>UDP, answered.</summary>
    public const int Udp = 5;

    /// <summary>UDP, not answered yet.</summary>
    public const int UdpUnreplied = 3;

    /// <summary>ICMP queries.</summary>
    public const int IcmpQuery = 3;

    /// <summary>TCP, open.</summary>
    public const int TcpEstablished = 6;

    /// <summary>TCP, opening.</summary>
    public const int TcpOpening = 3;

    /// <summary>TCP, closed or reset.</summary>
    public const int TcpClosing = 3;

    /// <summary>TCP, closed and acknowledged.</summary>
    public const int TcpTimeWait = 3;

    /// <summary>Answered UDP sessions to <see cref="PortWithTimer"/>.</summary>
    public const int ByPort = 2;

    /// <summary>The UDP port with a timer of its own.</summary>
    public const int PortWithTimer = 53;
}
