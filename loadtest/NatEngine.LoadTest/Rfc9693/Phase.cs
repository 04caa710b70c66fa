using System;
using System.Collections.Generic;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What the two ends do at the same time.</summary>
internal sealed record Phase
{
    /// <summary>What the initiator sends.</summary>
    public IReadOnlyList<StreamPlan> Inside { get; init; } = [];

    /// <summary>What the responder sends.</summary>
    public IReadOnlyList<StreamPlan> Outside { get; init; } = [];

    /// <summary>How long after the last frame was sent one may still arrive: RFC 9693's global timeout T.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether the phase may end as soon as everything has arrived. If not, it lasts the whole timeout, so
    /// that whatever comes late or twice is counted.</summary>
    public bool EndsWhenComplete { get; init; } = true;

    /// <summary>Where the state table's growth is noted; null if nowhere.</summary>
    public GrowthLog? Growth { get; init; }

    /// <summary>Where arrivals are noted moment by moment; null if nowhere.</summary>
    public ArrivalLog? Arrivals { get; init; }
}
