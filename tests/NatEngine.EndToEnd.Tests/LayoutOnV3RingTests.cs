using NatEngine.EndToEnd.Tests.Harness;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Every layout of the pipeline on the ring of blocks does what the others do. Apart from
/// <see cref="LayoutTests"/>, because classes run beside each other and these two are the longest.</summary>
public sealed class LayoutOnV3RingTests
{
    public static TheoryData<string> All => Layouts.All;

    [RootTheory]
    [MemberData(nameof(All))]
    public void Traffic_of_every_kind_goes_through(string layout)
        => TrafficOfEveryKind.GoesThrough(layout, "--ring", "v3");
}
