using System;

namespace NatEngine.Translation;

/// <summary>How long a session lives after its last packet.</summary>
/// <remarks>The defaults meet the floors of the RFCs. Shorter ones are accepted, down to a second: the RFCs demand that
/// the timers can be configured, and what they demand of the default is kept. The longest is 20 days.</remarks>
public sealed record TimerOptions
{
    /// <summary>TCP, open.</summary>
    /// <remarks>Defaults to 7440 s, 2 hours and 4 minutes: no less by RFC 5382 REQ-5, so that a connection is kept that
    /// sends keep-alives every two hours.</remarks>
    public TimeSpan TcpEstablished { get; init; } = TimeSpan.FromSeconds(7440);

    /// <summary>TCP, until both ends have agreed to the connection.</summary>
    /// <remarks>Defaults to 240 s: RFC 5382 REQ-5; RFC 7857 section 2.1 allows less.</remarks>
    public TimeSpan TcpOpening { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>TCP, after both ends have sent FIN or one has sent RST.</summary>
    /// <remarks>Defaults to 240 s: RFC 5382 REQ-5, RFC 7857 sections 2.1 and 2.2.</remarks>
    public TimeSpan TcpClosing { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>UDP, answered.</summary>
    /// <remarks>Defaults to 300 s: RFC 4787 REQ-5c; no less than 120 s by REQ-5.</remarks>
    public TimeSpan Udp { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>UDP, not answered yet.</summary>
    /// <remarks>Defaults to 120 s: no less by RFC 4787 REQ-5.</remarks>
    public TimeSpan UdpUnreplied { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>ICMP queries.</summary>
    /// <remarks>Defaults to 60 s: no less by RFC 5508 REQ-2.</remarks>
    public TimeSpan IcmpQuery { get; init; } = TimeSpan.FromSeconds(60);
}
