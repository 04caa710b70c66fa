using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>Clients that begin a transaction when their last has ended and they have thought about it: what people do,
/// and what goes easy on a system that is slow.</summary>
internal static class ClosedLoop
{
    /// <summary>Runs a crowd from its first client's arrival to its last one's leaving.</summary>
    /// <param name="crowd">The crowd.</param>
    /// <param name="load">The load of the step.</param>
    /// <param name="begin">When the step begins, a <see cref="Stopwatch"/> timestamp.</param>
    public static async Task<RunnerTally> RunAsync(Crowd crowd, StepLoad load, long begin)
    {
        RunnerTally[] tallies = await Task.WhenAll(
            crowd.Members.Select(member => Task.Run(() => LiveAsync(member, load, begin))));
        return new RunnerTally(tallies.Sum(tally => tally.Succeeded), tallies.Sum(tally => tally.Failed));
    }

    private static async Task<RunnerTally> LiveAsync(CrowdMember member, StepLoad load, long begin)
    {
        // One after the other, evenly over the ramp; who comes first leaves first.
        double turn = (double)member.Seat.ClientNumber / load.Clients;
        long leave = begin + HoldWindow.TicksOf(load.RampUp + load.Hold + (load.RampDown * turn));
        await DelayUntilAsync(begin + HoldWindow.TicksOf(load.RampUp * turn));
        long succeeded = 0;
        long failed = 0;
        long now = Stopwatch.GetTimestamp();
        while (load.TransactionsPerClient is { } wanted ? succeeded + failed < wanted : now < leave)
        {
            bool succeeds = (await member.TransactAsync(now)).Succeeded;
            succeeded += succeeds ? 1 : 0;
            failed += succeeds ? 0 : 1;
            await PauseAsync(member.PauseAfter(now), load.TransactionsPerClient is null ? leave : long.MaxValue);
            now = Stopwatch.GetTimestamp();
        }

        return new RunnerTally(succeeded, failed);
    }

    private static Task PauseAsync(TimeSpan pause, long leave)
    {
        long now = Stopwatch.GetTimestamp();
        return pause <= TimeSpan.Zero
            ? Task.CompletedTask
            : DelayUntilAsync(Math.Min(leave, now + HoldWindow.TicksOf(pause)));
    }

    private static Task DelayUntilAsync(long time)
    {
        long now = Stopwatch.GetTimestamp();
        return time <= now ? Task.CompletedTask : Task.Delay(Stopwatch.GetElapsedTime(now, time));
    }
}
