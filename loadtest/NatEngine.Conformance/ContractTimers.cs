using System;

namespace NatEngine.Conformance;

/// <summary>How long a NAT says that it keeps sessions after their last packet.</summary>
public sealed record ContractTimers
{
    /// <summary>UDP, answered.</summary>
    public TimeSpan Udp { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>UDP, not answered yet.</summary>
    public TimeSpan UdpUnreplied { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>ICMP queries.</summary>
    public TimeSpan IcmpQuery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>TCP, open.</summary>
    public TimeSpan TcpEstablished { get; init; } = TimeSpan.FromSeconds(7440);

    /// <summary>TCP, opening.</summary>
    public TimeSpan TcpOpening { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>TCP, closed or reset.</summary>
    public TimeSpan TcpClosing { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>Whether some ports have timers of their own.</summary>
    public bool HasTimersByPort { get; init; }
}
