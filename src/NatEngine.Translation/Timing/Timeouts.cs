using System;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Timing;

/// <summary>The timers' lengths, in milliseconds.</summary>
internal sealed class Timeouts
{
    // In percent of the table: where shortening begins, and what is left of a timer when the table is full.
    private const int ShortenFrom = 80;
    private const int LeftWhenFull = 10;

    private static readonly TimerKind[] Transitory =
    [
        TimerKind.TcpOpening, TimerKind.TcpClosing, TimerKind.TcpTimeWait, TimerKind.UdpUnreplied, TimerKind.IcmpQuery,
    ];

    private readonly uint[] _configured;
    private readonly uint[] _milliseconds;
    private readonly bool _shorten;
    private readonly TimerKind[]? _tcpByPort;
    private readonly TimerKind[]? _udpByPort;
    private int _percent = 100;

    /// <summary>Takes over what was configured.</summary>
    public Timeouts(TimerOptions timers)
    {
        _configured = new uint[(int)TimerKind.FirstByPort + timers.ByPort.Count];
        Set(TimerKind.TcpOpening, timers.TcpOpening);
        Set(TimerKind.TcpEstablished, timers.TcpEstablished);
        Set(TimerKind.TcpClosing, timers.TcpClosing);
        Set(TimerKind.TcpTimeWait, timers.TcpTimeWait);
        Set(TimerKind.UdpUnreplied, timers.UdpUnreplied);
        Set(TimerKind.Udp, timers.Udp);
        Set(TimerKind.IcmpQuery, timers.IcmpQuery);
        Set(TimerKind.Other, timers.Other);
        TimerKind next = TimerKind.FirstByPort;
        foreach (PortTimer timer in timers.ByPort)
        {
            TimerKind[] byPort = timer.Protocol == IpProtocol.Tcp
                ? _tcpByPort ??= new TimerKind[ushort.MaxValue + 1]
                : _udpByPort ??= new TimerKind[ushort.MaxValue + 1];
            byPort[timer.Port] = next;
            Set(next++, timer.Idle);
        }

        _milliseconds = [.. _configured];
        _shorten = timers.ShortenWhenFull;
    }

    /// <summary>The length of one.</summary>
    public uint this[TimerKind timer] => _milliseconds[(int)timer];

    /// <summary>The timer that a session runs by: that of its port, if it is settled enough to run by
    /// <paramref name="general"/> otherwise and the port has one.</summary>
    public TimerKind Specific(TimerKind general, in Session session)
    {
        TimerKind[]? byPort = general switch
        {
            TimerKind.Udp => _udpByPort,
            TimerKind.TcpEstablished => _tcpByPort,
            _ => null,
        };
        TimerKind own = byPort is null ? default : byPort[session.Tuples[0].Destination.Port];
        return own == default ? general : own;
    }

    /// <summary>Makes timers shorter, or longer again, as the table is filled, if that is wanted.</summary>
    public void Adapt(int sessions, uint capacity)
    {
        if (!_shorten)
        {
            return;
        }

        int full = (int)(sessions * 100L / capacity);
        int percent = full <= ShortenFrom
            ? 100
            : 100 - ((100 - LeftWhenFull) * (full - ShortenFrom) / (100 - ShortenFrom));
        if (percent == _percent)
        {
            return;
        }

        _percent = percent;
        foreach (TimerKind timer in Transitory)
        {
            _milliseconds[(int)timer] = (uint)((long)_configured[(int)timer] * percent / 100);
        }
    }

    private void Set(TimerKind timer, TimeSpan length) => _configured[(int)timer] = (uint)length.TotalMilliseconds;
}
