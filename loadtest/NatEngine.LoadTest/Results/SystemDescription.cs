using System.Collections.Generic;

namespace NatEngine.LoadTest.Results;

/// <summary>A system that was measured.</summary>
/// <param name="Name">What samples call it.</param>
/// <param name="Kind">What it is: natengine, netfilter, forward, wire, external.</param>
/// <param name="Options">How it was configured; empty for its defaults.</param>
internal sealed record SystemDescription(string Name, string Kind, IReadOnlyList<string> Options);
