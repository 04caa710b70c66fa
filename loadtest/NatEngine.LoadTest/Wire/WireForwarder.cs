using System;
using NatEngine.Devices;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Wire;

/// <summary>Passes IPv4 frames between two devices with nothing changed but their Ethernet addresses.</summary>
/// <remarks>One thread. It sleeps only when both devices have nothing.</remarks>
internal sealed class WireForwarder : IDisposable
{
    private const int BatchSize = 64;
    private const int Forever = -1;

    // How often both devices may be found empty before the thread sleeps: waking up costs more than a short wait.
    private const int EmptyRounds = 16;

    private readonly Direction _forth;
    private readonly Direction _back;
    private readonly FramePoller _poller;
    private readonly Frame[] _frames = new Frame[BatchSize];
    private volatile bool _stopping;

    /// <summary>Joins two devices, which the caller keeps and which must outlive this.</summary>
    public WireForwarder(WireEnd first, WireEnd second)
    {
        _forth = new Direction(first, second);
        _back = new Direction(second, first);
        _poller = new FramePoller(first.Device, second.Device);
    }

    /// <summary>Forwards until <see cref="Stop"/>.</summary>
    public void Run()
    {
        int empty = 0;
        while (!_stopping)
        {
            empty = Pass(_forth) + Pass(_back) != 0 ? 0 : empty + 1;
            if (empty > EmptyRounds)
            {
                _poller.Wait(Forever);
                empty = 0;
            }
        }
    }

    /// <summary>Ends <see cref="Run"/>; may be called from any thread.</summary>
    public void Stop()
    {
        _stopping = true;
        _poller.Wake();
    }

    /// <inheritdoc/>
    public void Dispose() => _poller.Dispose();

    private int Pass(Direction direction)
    {
        Span<Frame> frames = _frames;
        int count = direction.From.Device.Receive(frames);
        if (count == 0)
        {
            return 0;
        }

        // The frames to send are moved to the front of a copy: the received ones must be released as they came.
        Span<Frame> sent = direction.Outgoing;
        int kept = 0;
        foreach (Frame frame in frames[..count])
        {
            if (EthernetHeader.TryParse(frame.Octets, out EthernetHeader header)
                && header.PayloadType == EtherType.IPv4)
            {
                header.Destination = direction.To.Peer;
                header.Source = direction.To.Station;
                sent[kept++] = frame;
            }
        }

        direction.To.Device.Transmit(sent[..kept]);
        direction.From.Device.Release(frames[..count]);
        return count;
    }

    private sealed class Direction(WireEnd from, WireEnd to)
    {
        public WireEnd From { get; } = from;

        public WireEnd To { get; } = to;

        public Frame[] Outgoing { get; } = new Frame[BatchSize];
    }
}
