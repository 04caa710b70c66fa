using System;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>One trial of the connection establishment rate: phase 1 with an empty table, every frame a connection of
/// its own, and then the validation of what it left (RFC 9693 sections 4.5 and 4.6).</summary>
/// <param name="tester">The tester.</param>
/// <param name="order">The connections, in the order in which they are opened.</param>
internal sealed class ConnectionTrial(Tester tester, int[] order)
{
    // Validation at half of the rate, RFC 9693's alpha: it is the sessions that are in doubt, not the forwarding.
    private const double ValidationPart = 0.5;
    private const double FastestValidation = 50_000;

    /// <summary>Phase 1 of the last trial.</summary>
    public PhaseResult? Opening { get; private set; }

    /// <summary>Its validation; null if phase 1 failed already.</summary>
    public PhaseResult? Validation { get; private set; }

    /// <summary>Makes a trial; the system must have been made to forget.</summary>
    /// <param name="rate">Connections per second.</param>
    public TrialVerdict Run(double rate)
    {
        Opening = tester.Run(new Phase { Inside = [StreamPlan.Once(FrameKind.Opening, rate, order)] });
        Validation = null;
        if (!Opening.IsFlawless || !Opening.KeptRate)
        {
            return new TrialVerdict(false, Opening.IsLimitedByTester, Opening.OfferedRate);
        }

        int shared = tester.Table.CountShared(tester.Space);
        if (shared > 0)
        {
            throw new MeasurementException($"{shared} connections look to the remote host like another one.");
        }

        Validation = Validate(Math.Min(rate * ValidationPart, FastestValidation));
        return new TrialVerdict(Validation.IsFlawless, Opening.IsLimitedByTester, Opening.OfferedRate);
    }

    /// <summary>Sends one frame back for each entry of the state table, in its order.</summary>
    /// <param name="rate">Frames per second.</param>
    public PhaseResult Validate(double rate) => tester.Run(new Phase
    {
        Outside = [StreamPlan.Once(FrameKind.Validation, rate, tester.Table.Flows.ToArray())],
    });
}
