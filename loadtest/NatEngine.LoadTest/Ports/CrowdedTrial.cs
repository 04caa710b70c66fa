using System;
using System.Globalization;
using System.Linq;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Ports;

/// <summary>One trial of the connection rate on a system that holds others' sessions: the newcomers' of the last trial
/// are ended, they come at a rate, and each is answered once.</summary>
/// <param name="tester">The tester.</param>
/// <param name="newcomers">The connections that come.</param>
/// <param name="end">Ends theirs, and no others.</param>
internal sealed class CrowdedTrial(Tester tester, int[] newcomers, Func<int> end)
{
    private const double FastestValidation = 50_000;

    /// <summary>Answers that came to the wrong place, in all trials.</summary>
    public long Wrong { get; private set; }

    /// <summary>What became of the last trial, in a few words.</summary>
    public string Outcome { get; private set; } = string.Empty;

    /// <summary>Makes a trial.</summary>
    /// <param name="rate">Connections per second.</param>
    public TrialVerdict Run(double rate)
    {
        Clear();
        PhaseResult opening = tester.Run(new Phase { Inside = [StreamPlan.Once(FrameKind.Opening, rate, newcomers)] });
        if (!opening.IsFlawless || !opening.KeptRate)
        {
            Outcome = opening.IsLimitedByTester ? "the tester did not keep the rate"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{opening[FrameKind.Opening].Lost:N0} of {newcomers.Length:N0} lost");
            return new TrialVerdict(false, opening.IsLimitedByTester, opening.OfferedRate);
        }

        int[] known = [.. newcomers.Where(tester.Table.Knows)];
        PhaseResult validation = tester.Run(new Phase
        {
            Outside = [StreamPlan.Once(FrameKind.Validation, Math.Min(rate / 2, FastestValidation), known)],
        });
        Wrong += validation[FrameKind.Validation].WrongTranslations;
        Outcome = validation.IsFlawless ? "all stood"
            : string.Create(
                CultureInfo.InvariantCulture, $"{validation[FrameKind.Validation].Lost:N0} answers lost");
        return new TrialVerdict(validation.IsFlawless, opening.IsLimitedByTester, opening.OfferedRate);
    }

    /// <summary>Ends the newcomers' sessions and forgets them.</summary>
    public void Clear()
    {
        end();
        tester.Table.Forget(newcomers);
    }
}
