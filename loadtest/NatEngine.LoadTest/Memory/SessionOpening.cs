using System;
using System.Linq;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Memory;

/// <summary>Opens ever more sessions, and sees to it that they are there.</summary>
/// <param name="bench">The tester and the system.</param>
/// <param name="rate">Sessions opened per second.</param>
internal sealed class SessionOpening(TesterBench bench, double rate)
{
    // A second's worth at a time or so: timers must not end the first before the last is tried again.
    private const int Portion = 250_000;

    private const double GentleRate = 20_000;
    private const int Rounds = 3;

    // Code is compiled after some tens of calls; each of few sessions leaves few traces in a table's memory.
    private const int WarmSessions = 256;
    private const int WarmRounds = 8;

    private int _opened;

    /// <summary>Makes a system do all that it will have to do, with so few sessions that its tables stay empty.
    /// </summary>
    public void WarmUp()
    {
        int[] few = [.. Enumerable.Range(0, WarmSessions)];
        for (int round = 0; round < WarmRounds; round++)
        {
            bench.Tester.Run(new Phase { Inside = [StreamPlan.Once(FrameKind.Opening, GentleRate, few)] });
            bench.Tester.Run(new Phase
            {
                Outside = [StreamPlan.Once(FrameKind.Validation, GentleRate, bench.Tester.Table.Flows.ToArray())],
            });
            bench.Forget();
        }
    }

    /// <summary>Opens what is missing to a number of sessions; those that were lost on the way are tried again.
    /// </summary>
    public void OpenUpTo(int sessions)
    {
        for (; _opened < sessions; _opened = Math.Min(_opened + Portion, sessions))
        {
            int count = Math.Min(Portion, sessions - _opened);
            int[] missing = [.. Enumerable.Range(_opened, count)];
            for (int round = 0; round < Rounds && missing.Length > 0; round++)
            {
                bench.Tester.Run(new Phase
                {
                    Inside =
                    [
                        StreamPlan.Once(FrameKind.Opening, round == 0 ? rate : Math.Min(rate, GentleRate), missing),
                    ],
                    Timeout = TimeSpan.FromMilliseconds(200),
                });
                missing = [.. missing.Where(flow => !bench.Tester.Table.Knows(flow))];
            }
        }
    }
}
