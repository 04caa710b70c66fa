using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Recording;

/// <summary>Takes what happened to external addresses and ports out of the tables, slice by slice, and writes it
/// down.</summary>
/// <remarks>What is lost, because it came faster than it was taken or could not be written, is counted, in the log as
/// soon as that can be written again.</remarks>
internal sealed class TranslationLogWriter : IAsyncDisposable
{
    /// <summary>How many events wait in the tables at most: those of five million a second between two looks.</summary>
    internal const int Capacity = 1 << 18;

    // A few tens of microseconds of the lookup stage's time.
    private const int SliceLength = 512;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly LaneLog[] _lanes;
    private readonly TranslationLogFile _file;
    private readonly ILogger<TranslationLogWriter> _logger;
    private readonly TimeProvider _clock;
    private readonly JsonEncodedText[] _pools;
    private readonly CancellationTokenSource _stop = new();
    private readonly TranslationEvent[] _slice = new TranslationEvent[SliceLength];
    private readonly ArrayBufferWriter<byte> _lines = new();
    private Task _writing = Task.CompletedTask;
    private long _unwritten;
    private bool _failing;

    /// <summary>Makes a writer, which does nothing until <see cref="StartAsync"/>.</summary>
    /// <param name="translators">Whose log it is; they belong to <paramref name="lanes"/> while those run.</param>
    /// <param name="lanes">Are asked for what there is.</param>
    /// <param name="file">Where it goes; the writer's to dispose of.</param>
    /// <param name="pools">The names of the pools, by their numbers.</param>
    /// <param name="logger">Is told what could not be written.</param>
    /// <param name="clock">Says what time it is.</param>
    internal TranslationLogWriter(
        IReadOnlyList<Translator> translators, GatewayLanes lanes, TranslationLogFile file, IEnumerable<string> pools,
        ILogger<TranslationLogWriter> logger, TimeProvider clock)
    {
        _lanes = [.. translators.Select((translator, lane) => new LaneLog(translator, lanes[lane]))];
        _file = file;
        _pools = [.. pools.Select(name => JsonEncodedText.Encode(name))];
        _logger = logger;
        _clock = clock;
        foreach (LaneLog lane in _lanes)
        {
            lane.Asked = clock.GetTimestamp();
        }
    }

    /// <summary>Begins the log. What happens from now on is in it.</summary>
    internal async Task StartAsync()
    {
        TranslationLogText.WriteMark(_lines, TranslationLogText.Started, Present);
        await WriteAsync(0).ConfigureAwait(false);
        _writing = RunAsync();
    }

    /// <summary>Ends the log, when the pipeline has ended: with all that happened until then.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);

        // The pipeline has ended or never ran: its tables are nobody else's.
        foreach (LaneLog lane in _lanes)
        {
            Timestamp last = lane.Now.Add(_clock.GetElapsedTime(lane.Asked));
            int count;
            do
            {
                (count, long lost, _) = Take(lane.Translator, last);
                await WriteSliceAsync(lane, count, lost, last).ConfigureAwait(false);
            }
            while (count == SliceLength);
        }

        TranslationLogText.WriteMark(_lines, TranslationLogText.Stopped, Present);
        await WriteAsync(0).ConfigureAwait(false);
        _file.Dispose();
        _stop.Dispose();
    }

    private DateTime Present => _clock.GetUtcNow().UtcDateTime;

    private (int Count, long Lost, Timestamp Now) Take(Translator translator, Timestamp now)
        => (translator.Log!.Take(now, _slice), translator.Log.Lost, now);

    private async Task RunAsync()
    {
        using PeriodicTimer timer = new(Period, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                foreach (LaneLog lane in _lanes)
                {
                    await WriteAsync(lane).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops, or its pipeline has ended.
        }
    }

    private async ValueTask WriteAsync(LaneLog lane)
    {
        int count;
        do
        {
            (count, long lost, lane.Now) = await lane.Pipeline.AskAsync(Take).ConfigureAwait(false);
            lane.Asked = _clock.GetTimestamp();
            await WriteSliceAsync(lane, count, lost, lane.Now).ConfigureAwait(false);
        }
        while (count == SliceLength);
    }

    private async ValueTask WriteSliceAsync(LaneLog lane, int count, long lost, Timestamp now)
    {
        DateTime present = Present;
        for (int index = 0; index < count; index++)
        {
            TranslationEvent happened = _slice[index];
            TranslationLogText.Write(_lines, happened, present - (now - happened.At), _pools[happened.Pool]);
        }

        long missing = lost - lane.Lost + _unwritten;
        if (missing > 0)
        {
            TranslationLogText.WriteLost(_lines, missing, present);
        }

        if (_lines.WrittenCount > 0)
        {
            bool written = await WriteAsync(count).ConfigureAwait(false);
            _unwritten = written ? 0 : missing + count;
            lane.Lost = lost;
        }
    }

    // A log that cannot be written stops nobody's packets.
    private async Task<bool> WriteAsync(int events)
    {
        try
        {
            await _file.WriteAsync(_lines.WrittenMemory).ConfigureAwait(false);
            _failing = false;
            return true;
        }
        catch (IOException error)
        {
            if (!_failing)
            {
                TranslationLogFailure.NotWritten(_logger, events, error.Message);
            }

            _failing = true;
            return false;
        }
        finally
        {
            _lines.ResetWrittenCount();
        }
    }

    // What one lane has been asked for.
    private sealed class LaneLog(Translator translator, GatewayPipeline pipeline)
    {
        internal Translator Translator => translator;

        internal GatewayPipeline Pipeline => pipeline;

        internal Timestamp Now { get; set; }

        internal long Asked { get; set; }

        internal long Lost { get; set; }
    }
}
