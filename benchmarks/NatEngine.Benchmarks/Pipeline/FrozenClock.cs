using System;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>A clock that stands still: no session expires and no neighbour is asked again while something is measured.
/// </summary>
internal sealed class FrozenClock : TimeProvider
{
    public override long GetTimestamp() => 0;
}
