using System;
using System.Collections.Generic;

namespace NatEngine.Translation;

/// <summary>How long a session lives after its last packet.</summary>
/// <remarks>The defaults meet the floors of the RFCs. Shorter ones are accepted, down to a second: the RFCs demand that
/// the timers can be configured, and what they demand of the default is kept. The longest is 20 days.</remarks>
public sealed record TimerOptions
{
    /// <summary>The kernel's: the defaults of net.netfilter.nf_conntrack_*_timeout, as far as there is a timer of ours
    /// for them.</summary>
    /// <remarks>The opening timer is the kernel's of SYN_SENT (SYN_RECV has 60 s there), the closing one that of
    /// FIN_WAIT (CLOSE_WAIT 60 s, LAST_ACK 30 s, 10 s after a reset). A connection that one end alone has closed is
    /// open here, and in FIN_WAIT or CLOSE_WAIT there.</remarks>
    public static TimerOptions Netfilter { get; } = new()
    {
        TcpEstablished = TimeSpan.FromDays(5),
        TcpOpening = TimeSpan.FromSeconds(120),
        TcpClosing = TimeSpan.FromSeconds(120),
        TcpTimeWait = TimeSpan.FromSeconds(120),
        Udp = TimeSpan.FromSeconds(120),
        UdpUnreplied = TimeSpan.FromSeconds(30),
        IcmpQuery = TimeSpan.FromSeconds(30),
        Other = TimeSpan.FromSeconds(600),
    };

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

    /// <summary>TCP, after both ends have sent FIN and acknowledged the other's.</summary>
    /// <remarks>Defaults to 240 s: RFC 5382 REQ-5. Nothing but repetitions is left to come, so that a gateway short of
    /// ports may want less (RFC 7857 section 2.1). Only <see cref="TcpWindowTracking"/> knows what is acknowledged;
    /// without it any acknowledgment after both FINs counts.</remarks>
    public TimeSpan TcpTimeWait { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>UDP, answered.</summary>
    /// <remarks>Defaults to 300 s: RFC 4787 REQ-5c; no less than 120 s by REQ-5.</remarks>
    public TimeSpan Udp { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>UDP, not answered yet.</summary>
    /// <remarks>Defaults to 120 s: no less by RFC 4787 REQ-5.</remarks>
    public TimeSpan UdpUnreplied { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>ICMP queries.</summary>
    /// <remarks>Defaults to 60 s: no less by RFC 5508 REQ-2.</remarks>
    public TimeSpan IcmpQuery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Protocols without ports, translated by address alone.</summary>
    /// <remarks>Defaults to 120 s; no RFC says.</remarks>
    public TimeSpan Other { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Timers of their own for sessions to some ports.</summary>
    /// <remarks>Defaults to none. RFC 4787 REQ-5a allows less than 120 s for well-known ports: with 10 s for UDP port
    /// 53 a resolver's sessions end soon after their answer. More than the default is what long-lived UDP wants that
    /// sends little, such as SIP and WireGuard.</remarks>
    public IReadOnlyList<PortTimer> ByPort { get; init; } = [];

    /// <summary>Whether the timers of sessions that both ends have not agreed to, or have ended, get shorter when the
    /// session table fills: from 80 % full on, down to a tenth when it is full. Sessions that are there keep the time
    /// that they were given until their next packet; none is ever ended to make room.</summary>
    /// <remarks>Defaults to false: below the floors of RFC 4787 REQ-5, RFC 5382 REQ-5 and RFC 5508 REQ-2, for which a
    /// NAT under attack may have its reasons.</remarks>
    public bool ShortenWhenFull { get; init; }
}
