using System;

namespace NatEngine.LoadTest;

/// <summary>The person at the terminal asked for something that cannot be: what, the value, and the rule.</summary>
internal sealed class BadInputException(string message) : Exception(message);
