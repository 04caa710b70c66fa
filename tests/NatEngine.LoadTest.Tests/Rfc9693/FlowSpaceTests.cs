using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Tests.Rfc9693;

public sealed class FlowSpaceTests
{
    private static readonly FlowSpaceOptions Csit = TesterRig.Space with { Hosts = 1024, SourcePorts = 63 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_connection_is_another(bool spread)
    {
        FlowSpace space = new(Csit with { Destinations = 2, SpreadPorts = spread });
        HashSet<(TransportAddress, TransportAddress)> seen = [];

        for (int flow = 0; flow < space.Count; flow++)
        {
            Assert.True(seen.Add((space.SourceOf(flow), space.DestinationOf(flow))));
        }

        Assert.Equal(2 * 64_512, seen.Count);
    }

    [Fact]
    public void The_first_connections_share_a_destination_and_no_source()
    {
        FlowSpace space = new(Csit with { Destinations = 4 });

        Assert.Equal(64_512, space.Sources);
        Assert.Single(Enumerable.Range(0, 64_512).Select(space.DestinationOf).Distinct());
        Assert.Equal(64_512, Enumerable.Range(0, 64_512).Select(space.SourceOf).Distinct().Count());
        Assert.Equal(8, space.DestinationOf(64_512).Port);
    }

    [Fact]
    public void Where_sources_are_unique_destinations_take_turns()
    {
        FlowSpace space = new(Csit with { Destinations = 2, UniqueSources = true });

        Assert.Equal(64_512, space.Count);
        Assert.Equal(64_512, Enumerable.Range(0, space.Count).Select(space.SourceOf).Distinct().Count());
        Assert.Equal(32_256, Enumerable.Range(0, space.Count).Count(flow => space.DestinationOf(flow).Port == 8));
    }

    [Fact] // RFC 4814 section 4.5
    public void Source_ports_are_never_well_known()
    {
        FlowSpace space = new(Csit with { SourcePorts = 500, Seed = 7 });

        Assert.All(
            Enumerable.Range(0, space.Count),
            flow => Assert.InRange(space.SourceOf(flow).Port, (ushort)1024, ushort.MaxValue));
    }

    [Fact]
    public void In_CSITs_scheme_all_hosts_use_the_same_ports()
    {
        FlowSpace space = new(Csit with { SpreadPorts = false });

        Assert.Equal(
            Enumerable.Range(1024, 63),
            Enumerable.Range(0, space.Count).Select(flow => (int)space.SourceOf(flow).Port).Distinct().Order());
    }

    [Fact]
    public void The_order_holds_each_connection_once_and_depends_on_the_seed_alone()
    {
        int[] order = FlowOrder.Shuffled(10_000, 42);

        Assert.Equal(Enumerable.Range(0, 10_000), order.Order());
        Assert.Equal(order, FlowOrder.Shuffled(10_000, 42));
        Assert.NotEqual(order, FlowOrder.Shuffled(10_000, 43));
        Assert.NotEqual(Enumerable.Range(0, 10_000), order);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 64_513, 1)]
    [InlineData(1, 1, 49_146)] // from port 7 on
    [InlineData(4000, 64_512, 1)]
    public void Refuses_impossible_ranges(int hosts, int ports, int destinations)
        => Assert.Throws<BadInputException>(() => new FlowSpace(TesterRig.Space with
        {
            Hosts = hosts,
            SourcePorts = ports,
            Destinations = destinations,
        }));
}
