using System;

namespace NatEngine.Conformance.Probes;

/// <summary>A requirement is not met; the message says what was seen instead.</summary>
internal sealed class ProbeFailure(string seen) : Exception(seen)
{
    /// <summary>What was seen is that nothing came in time.</summary>
    public bool IsAbsence { get; init; }
}
