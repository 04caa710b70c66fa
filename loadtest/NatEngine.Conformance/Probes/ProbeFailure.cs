using System;

namespace NatEngine.Conformance.Probes;

/// <summary>A requirement is not met; the message says what was seen instead.</summary>
internal sealed class ProbeFailure(string seen) : Exception(seen);
