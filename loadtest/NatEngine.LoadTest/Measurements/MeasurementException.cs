using System;

namespace NatEngine.LoadTest.Measurements;

/// <summary>A measurement has no result, because what it measures does not work or its tool did not.</summary>
internal sealed class MeasurementException(string message) : Exception(message);
