using System;
using System.Diagnostics;
using System.Threading;
using NatEngine.Devices;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Placement;

/// <summary>
/// What the first thread of a lane does: fills empty batches from the devices and hands them on; sleeps while nothing
/// comes, but sends an empty batch down from time to time, so that timers run and questions are answered.
/// </summary>
/// <remarks>In a layout of one thread there is one batch and no queue: the batch is empty again when its last stage is
/// done with it.</remarks>
internal sealed class ReceiveLoop(
    IStage[] stages, BatchSource batches, BatchQueue? output, LaneSignals signals, FramePoller poller, TimeSpan spin)
{
    /// <summary>How often an empty batch goes down while no frame comes. Ten a second keep ARP's and the sessions'
    /// timers within a tenth of a second; measured, they cost 0.1 % of a core on one thread, 0.3 % on five.</summary>
    internal static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(100);

    private const int PauseIterations = 16;

    // A descriptor in error (an interface that went down) may be readable for nothing again and again.
    private const int FalseAlarmsBeforeRest = 64;

    private readonly long _spinTicks = spin.Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond;
    private Timestamp _lastBatch;
    private int _falseAlarms;

    internal void Run()
    {
        try
        {
            while (!signals.StopRequested && Step())
            {
            }
        }
        finally
        {
            output?.Complete(); // a stage that fails is an end, too
        }
    }

    /// <summary>Takes one batch all its way on this thread.</summary>
    /// <returns>False if the lane is stopping.</returns>
    internal bool Step()
    {
        if (!batches.Take(out PacketBatch? batch) || !Collect(batch))
        {
            return false;
        }

        for (int index = 1; index < stages.Length; index++)
        {
            stages[index].Process(batch);
        }

        output?.Put(batch);
        return true;
    }

    // Until frames came, a tick is due or asked for, or the lane stops.
    private bool Collect(PacketBatch batch)
    {
        IStage receive = stages[0];
        receive.Process(batch);
        if (batch.Count == 0 && !WaitForWork(receive, batch))
        {
            return false;
        }

        _lastBatch = batch.Now;
        return true;
    }

    private bool WaitForWork(IStage receive, PacketBatch batch)
    {
        long idleSince = Stopwatch.GetTimestamp();
        while (!signals.StopRequested)
        {
            TimeSpan untilTick = TickInterval - (batch.Now - _lastBatch);
            if (signals.TryTakeTick() || untilTick <= TimeSpan.Zero)
            {
                return true;
            }

            if (Stopwatch.GetTimestamp() - idleSince < _spinTicks)
            {
                Thread.SpinWait(PauseIterations);
            }
            else
            {
                Sleep(untilTick);
            }

            receive.Process(batch);
            if (batch.Count > 0)
            {
                _falseAlarms = 0;
                return true;
            }
        }

        return false;
    }

    private void Sleep(TimeSpan atMost)
    {
        if (_falseAlarms >= FalseAlarmsBeforeRest)
        {
            Thread.Sleep(1);
        }

        _falseAlarms = poller.Wait((int)Math.Ceiling(atMost.TotalMilliseconds)) ? _falseAlarms + 1 : 0;
    }
}
