using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using HdrHistogram;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Ports;

/// <summary>Turns a storm into figures, a curve and a sentence.</summary>
internal static class StormReport
{
    /// <summary>The figures.</summary>
    public static List<Reading> Read(
        StormResult result,
        PartialRecovery? tenth,
        Recovery recovery,
        Dictionary<string, double> details,
        List<string> remarks)
    {
        long newcomers = result.During[FrameKind.Newcomer].Frames;
        details["newcomersOffered"] = newcomers;
        details["newcomersPerSecond"] = newcomers / result.During[FrameKind.Newcomer].Seconds;
        details["newcomersAdmitted"] = result.Admitted;
        details["otherIcmpErrors"] = result.During.OtherErrors;
        details["oldLossPercentBefore"] = result.Before.LossPercent;
        details["oldWrongTranslations"] = result.During[FrameKind.Outbound].WrongTranslations
            + result.During[FrameKind.Inbound].WrongTranslations;
        if (tenth is not null)
        {
            details["sessionsEnded"] = tenth.Ended;
            details["triedAfterwards"] = tenth.Tried;
            details["admittedAfterwards"] = tenth.Admitted;
        }

        if (result.Before.LossPercent > 1)
        {
            remarks.Add($"{result.Before.LossPercent:0.0} % were lost even before newcomers came");
        }

        if (result.During.IsLimitedByTester)
        {
            remarks.Add("the tester did not keep its rates during the storm, or lost frames itself");
        }

        (Figure Figure, double? Value)[] values =
        [
            (PortsFigures.OldGoodput, result.GoodputPercent),
            (PortsFigures.OldGoodputAfter, result.GoodputPercentAfter),
            (PortsFigures.LatencyBefore, Latency(result.Before, 50)),
            (PortsFigures.LatencyDuring, Latency(result.During, 50)),
            (PortsFigures.SlowestDuring, Latency(result.During, 99)),
            (PortsFigures.Silence, 100.0 * result.Silent / newcomers),
            (PortsFigures.Reset, 100.0 * result.During.Resets / newcomers),
            (PortsFigures.Icmp, 100.0 * result.During.Prohibited / newcomers),
            (PortsFigures.RecoveredTenth, tenth?.Percent),
            (PortsFigures.Recovered, recovery.Percent),
        ];
        return
        [
            .. values.Where(value => value.Value is not null)
                .Select(value => new Reading(value.Figure, value.Value!.Value, details, remarks)),
        ];
    }

    /// <summary>What was found, in a sentence.</summary>
    public static string Describe(
        StormResult result, PartialRecovery? tenth, Recovery recovery, PortsSettings settings) => string.Create(
        CultureInfo.InvariantCulture,
        $"While {settings.NewcomerRate:N0} newcomers/s kept trying in vain, {settings.OldSessions:N0} old connections "
            + $"kept {result.GoodputPercent:0.0} % of their {settings.OldRate:N0} packets/s (latency p50 "
            + $"{Latency(result.Before, 50) * 1e6:N0} µs before, {Latency(result.During, 50) * 1e6:N0} µs meanwhile), "
            + $"and {result.GoodputPercentAfter:0.0} % afterwards; {result.During.Prohibited:N0} newcomers were told "
            + $"by ICMP 3/13, {result.During.Resets:N0} by RST, {result.Silent:N0} nothing. "
            + $"{Describe(tenth)}When all sessions had ended, "
            + $"{recovery.Admitted:N0} of {recovery.Tried:N0} refused ones got in.");

    private static string Describe(PartialRecovery? tenth) => tenth is null
        ? string.Empty
        : string.Create(
            CultureInfo.InvariantCulture,
            $"When {tenth.Ended:N0} sessions of a tenth of the hosts had been ended, {tenth.Tried:N0} connections were "
                + $"tried, and {tenth.Admitted:N0} got in. ");

    /// <summary>What arrived of old connections, moment by moment.</summary>
    public static Curve CurveOf(StormResult result, PortsSettings settings) => new()
    {
        Name = "ports-old-goodput",
        Title = "Old connections while newcomers are refused",
        X = new Axis("time", "seconds"),
        Y = new Axis("arrived", "percent of before"),
        Points = [.. result.Goodput.Select(point => new CurvePoint(point.Seconds, point.Percent))],
        Marks =
        [
            new CurveMark(settings.Calm.TotalSeconds, "newcomers come"),
            new CurveMark((settings.Calm + settings.Storm).TotalSeconds, "newcomers stop"),
        ],
    };

    /// <summary>A percentile of the latency of existing connections, in seconds.</summary>
    public static double Latency(PhaseResult phase, double percentile)
    {
        LongHistogram merged = new(1, Stopwatch.Frequency * 10, 3);
        merged.Add(phase[FrameKind.Outbound].Latency!);
        merged.Add(phase[FrameKind.Inbound].Latency!);
        return (double)merged.GetValueAtPercentile(percentile) / Stopwatch.Frequency;
    }
}
