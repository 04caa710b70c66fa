namespace NatEngine.Translation.Timing;

/// <summary>Which of the timers of <see cref="TimerOptions"/> a session runs by.</summary>
internal enum TimerKind : byte
{
    /// <summary><see cref="TimerOptions.TcpOpening"/>.</summary>
    TcpOpening,

    /// <summary><see cref="TimerOptions.TcpEstablished"/>.</summary>
    TcpEstablished,

    /// <summary><see cref="TimerOptions.TcpClosing"/>.</summary>
    TcpClosing,

    /// <summary><see cref="TimerOptions.TcpTimeWait"/>.</summary>
    TcpTimeWait,

    /// <summary><see cref="TimerOptions.UdpUnreplied"/>.</summary>
    UdpUnreplied,

    /// <summary><see cref="TimerOptions.Udp"/>.</summary>
    Udp,

    /// <summary><see cref="TimerOptions.IcmpQuery"/>.</summary>
    IcmpQuery,

    /// <summary><see cref="TimerOptions.Other"/>.</summary>
    Other,

    /// <summary>The first of <see cref="TimerOptions.ByPort"/>; the others follow.</summary>
    FirstByPort,
}
