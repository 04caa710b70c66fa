using System;

namespace NatEngine.Host.Receiving;

/// <summary>
/// Decides, look after look, whether the kernel should receive in threads: from when interrupts leave the gateway no
/// time for what they put into its rings, until there is time again.
/// </summary>
/// <remarks>
/// <para>Ring drops alone do not say so. Where the interrupts are another processor's they only mean that the gateway
/// is slower than what comes; threads would bring the receiving to its processor, too, and make it slower still. So
/// both must be there for a while: lost frames, and a processor of the gateway's that spends its time on
/// interrupts.</para>
/// <para>In threads nothing is lost in the rings any more, but in the network card, which nobody here sees. What tells
/// that it is over is a processor that idles, or, where other programs keep it busy, that far fewer packets come than
/// were carried meanwhile.</para>
/// </remarks>
internal sealed class OverloadJudge
{
    /// <summary>Of what came, the part that must have been lost: 1 / this. Less is a burst, and no livelock.</summary>
    internal const int LostPart = 10;

    /// <summary>How many looks in a row must say so, after one that begins them.</summary>
    internal const int Looks = 3;

    /// <summary>The share of a processor that interrupts must have. Sending has some of them, too: on a virtual cable,
    /// whose other end receives within it, a third.</summary>
    internal const double InterruptShare = 0.5;

    /// <summary>The share of a processor that nobody wants when it is calm.</summary>
    internal const double IdleShare = 0.5;

    /// <summary>Of the most that was carried, the part that comes when it is calm: 1 / this.</summary>
    internal const int CalmPart = 4;

    /// <summary>How long it must be calm before interrupts are tried again.</summary>
    internal static readonly TimeSpan ShortestCalm = TimeSpan.FromSeconds(5);

    /// <summary>How long at most, when each time the next overload followed soon.</summary>
    internal static readonly TimeSpan LongestCalm = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly Func<ProcessorShares?> _ask;
    private ReceiveSample _last;
    private double _interrupts;
    private int _looks;
    private double _mostCarried;
    private TimeSpan? _calmSince;
    private TimeSpan? _backAt;

    /// <summary>Begins with interrupts.</summary>
    /// <param name="first">What was received before the first look.</param>
    /// <param name="ask">What became of the gateway's processors since it was asked last; null if nobody knows.</param>
    internal OverloadJudge(ReceiveSample first, Func<ProcessorShares?> ask)
    {
        _last = first;
        _ask = ask;
    }

    /// <summary>How long it must be calm now. Doubles when overload returns within a minute, or within that
    /// time.</summary>
    internal TimeSpan Calm { get; private set; } = ShortestCalm;

    /// <summary>Whether the kernel should receive in threads.</summary>
    internal bool WantsThreads { get; private set; }

    /// <summary>Looks once more.</summary>
    internal void Look(ReceiveSample now)
    {
        long received = now.Received - _last.Received;
        long lost = now.Lost - _last.Lost;
        double seconds = (now.At - _last.At).TotalSeconds;
        _last = now;
        if (seconds <= 0)
        {
            return;
        }

        if (WantsThreads)
        {
            LookForCalm(now.At, received / seconds, lost);
        }
        else if (lost > 0 && lost >= (received + lost) / LostPart)
        {
            LookForInterrupts(now.At, received / seconds);
        }
        else
        {
            _looks = 0;
        }
    }

    private void LookForInterrupts(TimeSpan at, double carried)
    {
        // The first answer is about the time before.
        ProcessorShares? shares = _ask();
        _interrupts = _looks == 0 ? 0 : _interrupts + (shares?.Interrupts ?? 0);
        if (++_looks <= Looks)
        {
            return;
        }

        _looks = 1;
        WantsThreads = _interrupts / Looks >= InterruptShare;
        _interrupts = 0;
        if (WantsThreads)
        {
            bool isSoon = _backAt is TimeSpan back && (at - back < Soon || at - back < Calm);
            Calm = !isSoon ? ShortestCalm : Calm * 2 < LongestCalm ? Calm * 2 : LongestCalm;
            _mostCarried = carried;
            _calmSince = null;
        }
    }

    private void LookForCalm(TimeSpan at, double carried, long lost)
    {
        _mostCarried = Math.Max(_mostCarried, carried);
        bool isCalm = lost == 0
            && (carried * CalmPart < _mostCarried || (_ask() is ProcessorShares shares && shares.Idle >= IdleShare));
        _calmSince = isCalm ? _calmSince ?? at : null;
        if (at - _calmSince >= Calm)
        {
            WantsThreads = false;
            _backAt = at;
            _looks = 0;
        }
    }
}
