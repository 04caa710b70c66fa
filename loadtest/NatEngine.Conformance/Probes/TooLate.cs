using System;

namespace NatEngine.Conformance.Probes;

/// <summary>The machine was too busy for a timer to be judged: what was to be done at one time was done at
/// another.</summary>
internal sealed class TooLate(string what) : Exception(what);
