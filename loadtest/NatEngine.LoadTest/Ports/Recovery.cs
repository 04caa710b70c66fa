using System;
using System.Linq;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Ports;

/// <summary>Whether those who were refused get in once sessions have ended.</summary>
/// <param name="Tried">How many tried again.</param>
/// <param name="Admitted">How many came out.</param>
internal sealed record Recovery(int Tried, int Admitted)
{
    private const int Most = 1000;
    private const double Rate = 5_000;

    /// <summary>Ends all sessions and lets the refused try again.</summary>
    public static Recovery Of(TesterBench bench, int[] refused)
    {
        bench.Forget();
        int[] trying = [.. refused.Take(Most)];
        bench.Tester.Run(new Phase { Inside = [StreamPlan.Once(FrameKind.Opening, Rate, trying)] });
        return new Recovery(trying.Length, bench.Tester.Table.Count);
    }

    /// <summary>The part that came out, in percent.</summary>
    public double Percent => 100.0 * Admitted / Math.Max(1, Tried);
}
