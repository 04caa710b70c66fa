using System;
using System.Diagnostics;
using NatEngine.Devices;

namespace NatEngine.LoadTest.Flood;

/// <summary>Sends the datagrams of a <see cref="FloodPlan"/>, flow after flow, from one thread.</summary>
/// <remarks>The thread never sleeps: it sends, or it watches the clock for its next batch. It allocates nothing on the
/// way. A batch is one call to the kernel, which copies the frames, so the same few are written and sent over and
/// over.</remarks>
internal sealed class UdpFlood
{
    private const int BatchSize = 64;

    private readonly IPacketDevice _device;
    private readonly FloodPlan _plan;
    private readonly FlowFrames _flows;
    private int _nextFlow;

    /// <summary>Prepares a flood.</summary>
    /// <exception cref="BadInputException">The plan is out of bounds.</exception>
    public UdpFlood(IPacketDevice device, FloodPlan plan)
    {
        plan.Check();
        _device = device;
        _plan = plan;
        _flows = new FlowFrames(plan);
    }

    /// <summary>Sends until the time is over or all are offered.</summary>
    public FloodOutcome Run()
    {
        using FramePool pool = new(BatchSize);
        Frame[] frames = new Frame[BatchSize];
        foreach (ref Frame frame in frames.AsSpan())
        {
            if (!pool.TryRent(_plan.FrameLength, out frame))
            {
                throw new InvalidOperationException("A pool of a batch's size holds a batch.");
            }

            _flows.Prepare(frame.Octets);
        }

        return Send(frames);
    }

    private FloodOutcome Send(ReadOnlySpan<Frame> frames)
    {
        double perTick = _plan.Rate > 0 ? _plan.Rate / Stopwatch.Frequency : double.PositiveInfinity;
        long limit = (long)(_plan.Duration.TotalSeconds * Stopwatch.Frequency);
        long offered = 0;
        long sent = 0;
        long start = Stopwatch.GetTimestamp();
        long elapsed = 0;
        while (elapsed < limit && offered < _plan.Packets)
        {
            // Due are the frames that the rate asks for by now. Those it asked for while the thread was kept from its
            // processor are offered late rather than never, as RFC 2544's rates are.
            double due = elapsed * perTick;
            if (offered <= due)
            {
                int count = (int)Math.Min(frames.Length, _plan.Packets - offered);
                sent += SendBatch(frames[..count]);
                offered += count;
            }

            elapsed = Stopwatch.GetTimestamp() - start;
        }

        return new FloodOutcome(sent, offered - sent, (double)elapsed / Stopwatch.Frequency);
    }

    private int SendBatch(ReadOnlySpan<Frame> frames)
    {
        foreach (Frame frame in frames)
        {
            _flows.Select(frame.Octets, _nextFlow);
            _nextFlow = _nextFlow + 1 == _flows.Count ? 0 : _nextFlow + 1;
        }

        return _device.Transmit(frames);
    }
}
