using System;

namespace NatEngine.Translation.Timing;

/// <summary>The timers' lengths, in milliseconds.</summary>
internal sealed class Timeouts
{
    private readonly uint[] _milliseconds = new uint[(int)TimerKind.Count];

    /// <summary>Takes over what was configured.</summary>
    public Timeouts(TimerOptions timers)
    {
        Set(TimerKind.TcpOpening, timers.TcpOpening);
        Set(TimerKind.TcpEstablished, timers.TcpEstablished);
        Set(TimerKind.TcpClosing, timers.TcpClosing);
        Set(TimerKind.UdpUnreplied, timers.UdpUnreplied);
        Set(TimerKind.Udp, timers.Udp);
        Set(TimerKind.IcmpQuery, timers.IcmpQuery);
    }

    /// <summary>The length of one.</summary>
    public uint this[TimerKind timer] => _milliseconds[(int)timer];

    private void Set(TimerKind timer, TimeSpan length) => _milliseconds[(int)timer] = (uint)length.TotalMilliseconds;
}
