using NatEngine.EndToEnd.Tests.Harness;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Every layout of the pipeline, on the ring that is used unless asked otherwise, does what the others
/// do.</summary>
public sealed class LayoutTests
{
    public static TheoryData<string> All => Layouts.All;

    [RootTheory]
    [MemberData(nameof(All))]
    public void Traffic_of_every_kind_goes_through(string layout)
        => TrafficOfEveryKind.GoesThrough(layout, "--ring", "v2");

    [RootTheory]
    [InlineData("rx+lookup+rewrite+checksum+tx")]
    [InlineData("rx+lookup|rewrite+checksum|tx")]
    public void Traffic_of_every_kind_goes_through_when_AF_XDP_sends_it(string layout)
        => TrafficOfEveryKind.GoesThrough(layout, "--transmit", "xdp");
}
