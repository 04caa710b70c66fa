using System;
using System.Diagnostics;
using HdrHistogram;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>A stream on its way: what is due of it, what was sent, what arrived at the other end.</summary>
/// <remarks>One thread sends, one receives; they may be the same. Neither allocates.</remarks>
internal sealed class FrameStream : IDisposable
{
    // The longest burst, in time and in frames: sent one by one, frames cost a system call each; sent in long bursts,
    // they are another load than the rate says.
    private const double BurstSeconds = 64e-6;
    private const int LongestBurst = 60;

    // Five times the mix of twelve.
    private const int PoolFrames = LongestBurst;

    // A rate that was kept. What counts in the end is the rate that was really offered.
    private const double Tolerance = 0.05;
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(2);

    private readonly FramePool _pool = new(PoolFrames);
    private readonly Frame[] _frames = new Frame[PoolFrames];
    private readonly double _perTick;
    private readonly int _burst;
    private int _nextFrame;
    private int _nextFlow;
    private long _elapsed;

    /// <summary>Prepares a stream.</summary>
    /// <param name="plan">What to send.</param>
    /// <param name="protocol">In which protocol.</param>
    /// <param name="flows">How many connections the space has.</param>
    public FrameStream(StreamPlan plan, IpProtocol protocol, int flows)
    {
        Plan = plan;
        _perTick = plan.Rate / Stopwatch.Frequency;
        _burst = Math.Clamp((int)(plan.Rate * BurstSeconds), 1, LongestBurst);
        CountsByFlow = protocol == IpProtocol.Tcp && IsOpening;
        Arrivals = new ArrivalCounter(CountsByFlow ? flows : plan.Frames);
        Latency = plan.Timed ? new LongHistogram(TimeSpan.NanosecondsPerTick, Stopwatch.Frequency * 10, 3) : null;
        int shortest = protocol != IpProtocol.Tcp ? 0
            : FrameTag.Length + EthernetHeader.Length + IPv4Header.MinLength + TcpHeader.MinLength;
        for (int i = 0; i < _frames.Length; i++)
        {
            int length = Math.Max(plan.Lengths.Octets[i % plan.Lengths.Octets.Count], shortest);
            if (!_pool.TryRent(length, out _frames[i]))
            {
                throw new InvalidOperationException("A pool of a burst's size holds a burst.");
            }

            _frames[i].Octets.Clear();
        }
    }

    /// <summary>What is sent.</summary>
    public StreamPlan Plan { get; }

    /// <summary>What arrived.</summary>
    public ArrivalCounter Arrivals { get; }

    /// <summary>How long frames took, in ticks; null if they are not timed.</summary>
    public LongHistogram? Latency { get; }

    /// <summary>Whether frames open connections.</summary>
    public bool IsOpening => Plan.Kind is FrameKind.Opening or FrameKind.Newcomer or FrameKind.Stranger;

    /// <summary>Whether arrivals are told apart by their connection instead of their number: a SYN has no payload to
    /// carry one.</summary>
    public bool CountsByFlow { get; }

    /// <summary>Frames offered to the link so far.</summary>
    public long Offered { get; private set; }

    /// <summary>Those that it took.</summary>
    public long Sent { get; private set; }

    /// <summary>Whether all is offered.</summary>
    public bool IsSent => Offered == Plan.Frames;

    /// <summary>Whether all has arrived.</summary>
    public bool HasArrived => Arrivals.Received == Plan.Frames;

    /// <summary>Whether the sender kept the rate.</summary>
    public bool KeptRate => IsSent && Sent == Offered
        && Seconds <= (Plan.Duration.TotalSeconds * (1 + Tolerance)) + Grain.TotalSeconds;

    /// <summary>How long sending took.</summary>
    public double Seconds => (double)_elapsed / Stopwatch.Frequency;

    /// <summary>The frames that are due: none, or a burst, or the last.</summary>
    /// <param name="elapsed">Ticks since the stream began.</param>
    public ReadOnlySpan<Frame> TakeDue(long elapsed)
    {
        long due = Math.Min(Plan.Frames, (long)(elapsed * _perTick) + 1) - Offered;
        if (due < _burst && due < Plan.Frames - Offered)
        {
            return default;
        }

        int count = (int)Math.Min(Math.Min(due, _burst), _frames.Length - _nextFrame);
        ReadOnlySpan<Frame> taken = _frames.AsSpan(_nextFrame, count);
        _nextFrame = (_nextFrame + count) % _frames.Length;
        return taken;
    }

    /// <summary>The next frame's connection.</summary>
    public int NextFlow()
    {
        int flow = Plan.Order[_nextFlow];
        _nextFlow = _nextFlow + 1 == Plan.Order.Length ? 0 : _nextFlow + 1;
        return flow;
    }

    /// <summary>Counts frames that were offered.</summary>
    public void Count(int offered, int sent, long elapsed)
    {
        Offered += offered;
        Sent += sent;
        _elapsed = elapsed;
    }

    /// <summary>Counts a frame that arrived.</summary>
    public void Arrived(in FrameTag tag, long now)
    {
        if (Arrivals.Add(tag.Sequence) && Latency is { } latency)
        {
            latency.RecordValue(Math.Clamp(tag.Age(now), 1, latency.HighestTrackableValue));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();
}
