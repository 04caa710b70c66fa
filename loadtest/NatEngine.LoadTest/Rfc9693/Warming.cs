using System.Linq;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Brings system and tester to the state in which they are measured: code compiled, neighbours known,
/// sessions there.</summary>
internal static class Warming
{
    /// <summary>A rate that no system and no tester has trouble with.</summary>
    public const double GentleRate = 20_000;

    private const int Rounds = 4;

    /// <summary>Finds the highest rate at which the tester can offer connections, and warms everything up.</summary>
    public static double FindHighest(TesterBench bench, ConnectionTrial trial)
    {
        bench.Forget();
        trial.Run(GentleRate);
        bench.Forget();
        trial.Run(StreamPlan.FullSpeed);
        return trial.Opening!.OfferedRate;
    }

    /// <summary>Establishes connections safely: at a gentle rate, and those that did not get through once more (RFC
    /// 9693 section 4.4).</summary>
    /// <exception cref="MeasurementException">Some do not come about.</exception>
    public static void Establish(TesterBench bench, int[] order)
    {
        Tester tester = bench.Tester;
        int[] missing = order;
        for (int round = 0; round < Rounds && missing.Length > 0; round++)
        {
            tester.Run(new Phase { Inside = [StreamPlan.Once(FrameKind.Opening, GentleRate, missing)] });
            missing = [.. missing.Where(flow => !tester.Table.Knows(flow))];
        }

        int[] silent = order;
        for (int round = 0; round < Rounds && missing.Length == 0 && silent.Length > 0; round++)
        {
            PhaseResult back = tester.Run(new Phase
            {
                Outside = [StreamPlan.Once(FrameKind.Validation, GentleRate, silent)],
            });

            // Answers are lost on the way like anything else; what came to the wrong place stays silent.
            ArrivalCounter arrived = back[FrameKind.Validation].Arrivals;
            silent = [.. silent.Where((_, sequence) => !arrived.Has(sequence))];
        }

        if (missing.Length + silent.Length > 0)
        {
            throw new MeasurementException(
                $"{bench.System.Name} does not hold {order.Length:N0} connections opened at {GentleRate:N0}/s: "
                + (missing.Length > 0 ? $"{missing.Length:N0} never came out." : "answers to some do not come in."));
        }
    }
}
