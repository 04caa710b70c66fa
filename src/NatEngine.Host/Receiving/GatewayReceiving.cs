using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace NatEngine.Host.Receiving;

/// <summary>How the kernel receives the two interfaces while the gateway runs, and who watches over it if that depends
/// on the load.</summary>
internal sealed class GatewayReceiving : IAsyncDisposable
{
    /// <summary>How often it is looked whether frames are lost. A look costs two system calls while none are.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ReceiveWay _way;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>Changes nothing yet.</summary>
    internal GatewayReceiving(
        ReceiveWay way, string internalInterface, string externalInterface, ILogger logger, TimeProvider clock)
    {
        _way = way;
        _logger = logger;
        _clock = clock;
        _started = clock.GetTimestamp();
        Internal = new InterfaceReceiving(internalInterface, logger);
        External = new InterfaceReceiving(externalInterface, logger);
    }

    /// <summary>The internal interface.</summary>
    internal InterfaceReceiving Internal { get; }

    /// <summary>The external interface.</summary>
    internal InterfaceReceiving External { get; }

    /// <summary>Begins.</summary>
    /// <param name="count">Counts what was received so far, on any thread.</param>
    /// <param name="ask">See <see cref="OverloadJudge"/>.</param>
    internal void Start(Func<(long Received, long Lost)> count, Func<ProcessorShares?> ask)
    {
        if (_way == ReceiveWay.Threaded)
        {
            Internal.UseThreads();
            External.UseThreads();
        }
        else if (_way == ReceiveWay.Adaptive)
        {
            _watching = WatchAsync(count, ask);
        }
    }

    /// <summary>Ends, and puts the interfaces back as they were.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        Internal.Dispose();
        External.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync(Func<(long Received, long Lost)> count, Func<ProcessorShares?> ask)
    {
        OverloadJudge judge = new(Sample(count), ask);
        using PeriodicTimer timer = new(Interval, _clock);
        try
        {
            while (!(Internal.IsSettled && External.IsSettled)
                && await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                bool before = judge.WantsThreads;
                judge.Look(Sample(count));
                if (judge.WantsThreads != before)
                {
                    Switch(judge);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private void Switch(OverloadJudge judge)
    {
        if (judge.WantsThreads)
        {
            ReceivingLog.Overload(_logger, judge.Calm);
            Internal.UseThreads();
            External.UseThreads();
        }
        else
        {
            ReceivingLog.Over(_logger);
            Internal.UseInterrupts();
            External.UseInterrupts();
        }
    }

    private ReceiveSample Sample(Func<(long Received, long Lost)> count)
    {
        (long received, long lost) = count();
        return new ReceiveSample(_clock.GetElapsedTime(_started), received, lost);
    }
}
