using System.Collections.Generic;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Ports;

/// <summary>How old connections fared while newcomers kept trying.</summary>
/// <param name="Before">The old connections' traffic alone.</param>
/// <param name="During">The same, and the newcomers.</param>
/// <param name="After">The same alone again.</param>
/// <param name="Goodput">Seconds since the beginning, and what arrived of the old connections in percent of the mean
/// before.</param>
/// <param name="Admitted">Newcomers that came out.</param>
internal sealed record StormResult(
    PhaseResult Before,
    PhaseResult During,
    PhaseResult After,
    IReadOnlyList<(double Seconds, double Percent)> Goodput,
    long Admitted)
{
    /// <summary>What arrived of the old connections during the storm, in percent of before.</summary>
    public double GoodputPercent => 100 * Rate(During) / Rate(Before);

    /// <summary>The same afterwards.</summary>
    public double GoodputPercentAfter => 100 * Rate(After) / Rate(Before);

    /// <summary>Newcomers that nobody told anything.</summary>
    public long Silent => System.Math.Max(
        0,
        During[FrameKind.Newcomer].Frames - Admitted - During.Prohibited - During.OtherErrors - During.Resets);

    /// <summary>What arrived of existing connections, of all that was to be sent.</summary>
    private static double Rate(PhaseResult phase)
        => (double)(phase[FrameKind.Outbound].Received + phase[FrameKind.Inbound].Received)
            / (phase[FrameKind.Outbound].Frames + phase[FrameKind.Inbound].Frames);
}
