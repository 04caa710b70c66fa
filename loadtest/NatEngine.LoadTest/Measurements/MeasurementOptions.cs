using System;

namespace NatEngine.LoadTest.Measurements;

/// <summary>What every measurement can be told.</summary>
/// <param name="Duration">How long a stream lasts; other times are worked out from it.</param>
/// <param name="Full">Whether to take the time that the methods' authors prescribe, hours if need be, rather than
/// minutes.</param>
internal sealed record MeasurementOptions(TimeSpan Duration, bool Full = false);
