using NatEngine.LoadTest.Rfc9693;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Tests.Rfc9693;

/// <summary>Testers for tests, around a <see cref="SimulatedNat"/>.</summary>
internal static class TesterRig
{
    public static FlowSpaceOptions Space { get; } = new()
    {
        FirstHost = IPv4Address.Parse("100.64.16.1"),
        Hosts = 10,
        SourcePorts = 20,
        FirstDestination = new TransportAddress(IPv4Address.Parse("198.51.100.20"), 7),
    };

    public static Tester Around(SimulatedNat nat, FlowSpaceOptions? space = null) => new(new TesterOptions
    {
        Inside = nat.Inside,
        Outside = nat.Outside,
        Station = new MacAddress(0x02_00_00_00_00_02),
        NextHop = new MacAddress(0x02_00_00_00_00_01),
        Space = new FlowSpace(space ?? Space),
        Translates = true,
    });

    public static PhaseResult Open(Tester tester, int seed = 1, double rate = 1e6) => tester.Run(new Phase
    {
        Inside = [StreamPlan.Once(FrameKind.Opening, rate, FlowOrder.Shuffled(tester.Space.Count, seed))],
        Timeout = System.TimeSpan.FromMilliseconds(200),
    });

    public static PhaseResult Validate(Tester tester) => tester.Run(new Phase
    {
        Outside = [StreamPlan.Once(FrameKind.Validation, 1e6, tester.Table.Flows.ToArray())],
        Timeout = System.TimeSpan.FromMilliseconds(200),
    });
}
