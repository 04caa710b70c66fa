using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
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
internal sealed class RuleLogWriter(GatewayLanes lanes, ILogger<RuleLogWriter> logger, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly Lock _writing = new();
    private readonly ConditionalWeakTable<RuleProgram, StrongBox<long>> _lostOf = [];
    private long _lost;

    /// <summary>How many packets LOG rules have seen that could not be written.</summary>
    internal long Lost => Interlocked.Read(ref _lost);

    /// <summary>Looks now and then, until told to stop or the pipeline has ended.</summary>
    /// <param name="programs">Gives the rules that are asked, each lane's.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task RunAsync(Func<IReadOnlyList<RuleProgram>> programs, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                IReadOnlyList<RuleProgram> asked = programs();
                for (int lane = 0; asked[0].Logs && lane < lanes.Count; lane++)
                {
                    RuleProgram program = asked[lane];
                    (RuleLogEntry[] entries, long lost) = await lanes[lane].AskAsync((_, _) => Take(program))
                        .ConfigureAwait(false);
                    Write(program, entries, lost);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    /// <summary>Writes entries that somebody else has taken.</summary>
    internal void Write(RuleProgram program, IReadOnlyList<RuleLogEntry> entries, long lost)
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
    private void CountLost(RuleProgram program, long lost)
    {
        StrongBox<long> known = _lostOf.GetValue(program, static _ => new StrongBox<long>());
        long more = lost - known.Value;
        if (more > 0)
        {
            known.Value = lost;
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
