using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Conformance;

namespace NatEngine.Host.Selftesting;

/// <summary>What a selftest found.</summary>
/// <param name="Preset">The preset that the behaviour was made from.</param>
/// <param name="Behavior">The behaviour that is in force, in words.</param>
/// <param name="Lanes">How many lanes ours has.</param>
/// <param name="Systems">The NATs that were judged, ours first.</param>
/// <param name="Judgements">What was found, in the order of the RFCs.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record SelftestReport(
    string Preset,
    string Behavior,
    int Lanes,
    IReadOnlyList<string> Systems,
    IReadOnlyList<Judgement> Judgements,
    TimeSpan Elapsed)
{
    /// <summary>How many requirements our own NAT claims and does not meet.</summary>
    internal int Failed => Count(Verdict.Failed);

    /// <summary>How many requirements got a verdict.</summary>
    internal int Count(Verdict verdict, int system = 0)
        => Judgements.Count(judgement => judgement.Findings[system].Verdict == verdict);
}
