using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using NatEngine.Pipeline;
using NatEngine.Rules.Targets;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>Writes what LOG rules have seen into the gateway's log.</summary>
/// <remarks>Rules keep a few entries between two looks: a flood costs a line that says how many there were
/// more.</remarks>
internal sealed class RuleLogWriter(GatewayPipeline pipeline, ILogger<RuleLogWriter> logger, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly Lock _writing = new();
    private RuleProgram? _known;
    private long _lostOfKnown;
    private long _lost;

    /// <summary>How many packets LOG rules have seen that could not be written.</summary>
    internal long Lost => Interlocked.Read(ref _lost);

    /// <summary>Looks now and then, until told to stop or the pipeline has ended.</summary>
    /// <param name="program">Gives the rules that are asked.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task RunAsync(Func<RuleProgram> program, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                RuleProgram asked = program();
                if (asked.Logs)
                {
                    (RuleLogEntry[] entries, long lost) = await pipeline.AskAsync((_, _) => Take(asked))
                        .ConfigureAwait(false);
                    Write(asked, entries, lost);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    /// <summary>Writes entries that somebody else has taken.</summary>
    internal void Write(RuleProgram program, IReadOnlyList<RuleLogEntry> entries, long? lost = null)
    {
        lock (_writing)
        {
            foreach (RuleLogEntry entry in entries)
            {
                LogTarget target = program.LogOf(entry);
                LogLevel level = LevelOf(target.Level);
                if (logger.IsEnabled(level))
                {
                    string line = RuleLogText.Of(target, entry, program.Surroundings);
                    RuleLogLines.Packet(logger, level, line);
                }
            }

            CountLost(program, lost);
        }
    }

    private static (RuleLogEntry[] Entries, long Lost) Take(RuleProgram program)
    {
        RuleLogEntry[] entries = program.TakeLog(out long lost);
        return (entries, lost);
    }

    // Each program counts from its own beginning.
    private void CountLost(RuleProgram program, long? lost)
    {
        if (_known != program)
        {
            _known = program;
            _lostOfKnown = 0;
        }

        if (lost > _lostOfKnown)
        {
            long more = lost.Value - _lostOfKnown;
            _lostOfKnown = lost.Value;
            RuleLogLines.Lost(logger, more, Interlocked.Add(ref _lost, more));
        }
    }

    // syslog's levels: emergency, alert, critical; error; warning; notice, information; debug.
    private static LogLevel LevelOf(byte level) => level switch
    {
        < 3 => LogLevel.Critical,
        3 => LogLevel.Error,
        4 => LogLevel.Warning,
        5 or 6 => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}
