using HdrHistogram;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What became of a stream.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Frames">Frames that were to be sent.</param>
/// <param name="Sent">Frames that the link took. What it did not take, or nobody offered in time, is lost.</param>
/// <param name="Received">Frames that arrived where they should, each counted once.</param>
/// <param name="Duplicates">Frames that arrived again.</param>
/// <param name="Reordered">Frames that a later one overtook.</param>
/// <param name="WrongTranslations">Frames that arrived with an address or port that they should not have.</param>
/// <param name="Seconds">How long sending took.</param>
/// <param name="KeptRate">Whether the sender kept the rate.</param>
/// <param name="Latency">How long frames took, in <see cref="System.Diagnostics.Stopwatch"/> ticks; null if they were
/// not timed.</param>
/// <param name="Arrivals">Which frames arrived.</param>
internal sealed record StreamCount(
    FrameKind Kind,
    long Frames,
    long Sent,
    long Received,
    long Duplicates,
    long Reordered,
    long WrongTranslations,
    double Seconds,
    bool KeptRate,
    LongHistogram? Latency,
    ArrivalCounter Arrivals)
{
    /// <summary>Frames that did not arrive.</summary>
    public long Lost => Frames - Received;

    /// <summary>Those in percent of all.</summary>
    public double LossPercent => 100.0 * Lost / Frames;

    /// <summary>Sums a stream up.</summary>
    public static StreamCount Of(FrameStream stream) => new(
        stream.Plan.Kind,
        stream.Plan.Frames,
        stream.Sent,
        stream.Arrivals.Received,
        stream.Arrivals.Duplicates,
        stream.Arrivals.Reordered,
        stream.Arrivals.WrongTranslations,
        stream.Seconds,
        stream.KeptRate,
        stream.Latency,
        stream.Arrivals);
}
