using System;

namespace NatEngine.LoadTest.Systems;

/// <summary>A system under test did not start, died, or does not do its work.</summary>
internal sealed class SystemFailedException(string message) : Exception(message);
