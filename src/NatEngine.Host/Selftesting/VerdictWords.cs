using System;
using NatEngine.Conformance;

namespace NatEngine.Host.Selftesting;

/// <summary>The words for verdicts, in tables and in JSON.</summary>
internal static class VerdictWords
{
    internal static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.Failed => "FAILED",
        Verdict.NotClaimed => "not claimed",
        Verdict.NotApplicable => "not applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "is no verdict"),
    };
}
