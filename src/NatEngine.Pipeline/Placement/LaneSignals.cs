using System.Threading;
using NatEngine.Devices;

namespace NatEngine.Pipeline.Placement;

/// <summary>What other threads can ask of a lane's receiving thread: stop, or send an empty batch down now.</summary>
internal sealed class LaneSignals(FramePoller poller)
{
    private volatile bool _stop;
    private int _tick;

    /// <summary>True once the lane is to stop.</summary>
    internal bool StopRequested => _stop;

    /// <summary>Asks for the end: the receiving thread takes no more frames and completes the first channel.</summary>
    internal void RequestStop()
    {
        _stop = true;
        poller.Wake();
    }

    /// <summary>Asks for a batch to go down soon, whether or not frames come.</summary>
    internal void RequestTick()
    {
        // The flag comes first: whoever the poller wakes for it must find it.
        Interlocked.Exchange(ref _tick, 1);
        poller.Wake();
    }

    /// <summary>Has the receiving thread look, if it sleeps.</summary>
    internal void Wake() => poller.Wake();

    /// <summary>Takes the request for a batch, if there is one.</summary>
    internal bool TryTakeTick() => Volatile.Read(ref _tick) != 0 && Interlocked.Exchange(ref _tick, 0) != 0;
}
