using System.Collections.Generic;
using System.Linq;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What came of a phase.</summary>
/// <param name="Streams">Each stream, the initiator's first.</param>
internal sealed record PhaseResult(IReadOnlyList<StreamCount> Streams)
{
    /// <summary>Frames of an earlier trial.</summary>
    public long Strays { get; init; }

    /// <summary>Frames whose checksum the system spoiled.</summary>
    public long Corrupt { get; init; }

    /// <summary>Frames that reached the tester and that it had no room for.</summary>
    public long TesterDrops { get; init; }

    /// <summary>Times that a link took no frame at first, or not at all: whatever is behind it had no room. The tester
    /// is late then, and not by its own fault.</summary>
    public long Pushback { get; init; }

    /// <summary>ICMP errors with code 13 at the inside.</summary>
    public long Prohibited { get; init; }

    /// <summary>Other ICMP errors there.</summary>
    public long OtherErrors { get; init; }

    /// <summary>TCP resets there.</summary>
    public long Resets { get; init; }

    /// <summary>Whether every frame arrived, once and right.</summary>
    public bool IsFlawless => Corrupt == 0
        && Streams.All(stream => stream.Lost == 0 && stream.WrongTranslations == 0);

    /// <summary>Whether every frame was sent when it was due.</summary>
    public bool KeptRate => Streams.All(stream => stream.KeptRate);

    /// <summary>Whether the tester itself fell short, so that what was lost says nothing of the system.</summary>
    public bool IsLimitedByTester => TesterDrops > 0 || (Pushback == 0 && !KeptRate);

    /// <summary>Frames that did not arrive, in percent of all streams' frames.</summary>
    public double LossPercent
        => 100.0 * Streams.Sum(stream => stream.Lost) / Streams.Sum(stream => stream.Frames);

    /// <summary>Frames per second of all streams.</summary>
    public double OfferedRate => Streams.Sum(stream => stream.Frames / stream.Seconds);

    /// <summary>The stream of a kind.</summary>
    public StreamCount this[FrameKind kind] => Streams.Single(stream => stream.Kind == kind);
}
