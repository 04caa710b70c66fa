using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

/// <summary>Translators that share external addresses, each with a slice of the ports and of the hosts.</summary>
public sealed class LaneSliceTests
{
    private const string Server = "198.51.100.7:53";

    public static TheoryData<PortChoice, int> Choices()
    {
        TheoryData<PortChoice, int> choices = [];
        foreach (PortChoice choice in Enum.GetValues<PortChoice>())
        {
            choices.Add(choice, 2);
            choices.Add(choice, 3);
        }

        return choices;
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_port_is_of_the_slice_and_of_its_ends_parity(PortChoice choice, int lanes)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            LaneSlice slice = new(new LaneDivision(lanes), lane);
            using Gateway gateway = With(slice, options => options with
            {
                Behavior = TranslationBehavior.Default with { Ports = choice },
            });
            HashSet<int> given = [];
            for (int port = 2000; port < 2300; port++)
            {
                bool isFree = slice.Has(port) && !given.Contains(port);
                int udp = Given(gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server)));
                Assert.True(slice.Has(udp) && given.Add(udp) && (udp & 1) == (port & 1), $"{port} became {udp}");
                Assert.True(choice != PortChoice.Preserve || !isFree || udp == port);
                int tcp = Given(gateway.FromInside(Frames.Tcp($"100.64.0.2:{port}", Server, TcpFlags.Syn)));
                Assert.True(slice.Has(tcp));
            }

            Outcome ping = gateway.FromInside(Frames.EchoRequest("100.64.0.2", "198.51.100.7", 77));
            Assert.True(slice.Has(ping.Tuple.Source.Port));
        }
    }

    [Fact]
    public void All_lanes_together_give_each_port_once()
    {
        HashSet<int> given = [];
        for (int lane = 0; lane < 3; lane++)
        {
            using Gateway gateway = With(new LaneSlice(new LaneDivision(3), lane), options => options with
            {
                Ports = new PortRange(1000, 3999),
                ExcludedPorts = [new PortRange(2000, 2099)],
            });
            DropReason reason = DropReason.None;
            for (int port = 1; reason == DropReason.None; port++)
            {
                Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server));
                reason = outcome.Reason;
                Assert.True(!outcome.Forwarded || given.Add(outcome.Tuple.Source.Port));
            }

            Assert.Equal(DropReason.PortsExhausted, reason);
        }

        Assert.Equal(Enumerable.Range(1000, 1000).Concat(Enumerable.Range(2100, 1900)), given.Order());
    }

    [Fact] // RFC 6056: drawn among its own, not the next of its own after one drawn among all
    public void Chance_favours_no_port_of_a_stripe()
    {
        int first = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            using Gateway gateway = With(
                new LaneSlice(new LaneDivision(16), 5),
                options => options with { Behavior = TranslationBehavior.Default with { Ports = PortChoice.Random } },
                seed);
            first += Given(gateway.FromInside(Frames.Udp("100.64.0.2:1000", Server))) % 64 < 2 ? 1 : 0;
        }

        Assert.InRange(first, 0, 40); // 12 or 13 by chance
    }

    [Fact]
    public void A_port_that_another_lane_publishes_is_not_given()
    {
        IPv4Address elsewhere = HostOf(1);
        using Gateway gateway = With(new LaneSlice(new LaneDivision(2), 0), options => options with
        {
            Ports = new PortRange(1024, 1088), // 1024 to 1087 are lane 0's
            Published = [new PublishedService(IpProtocol.Udp, 1030, new TransportAddress(elsewhere, 80))],
        });
        HashSet<int> given = [];
        for (int port = 1; port <= 63; port++)
        {
            given.Add(Given(gateway.FromInside(Frames.Udp($"100.64.0.2:{port}", Server))));
        }

        Assert.DoesNotContain(1030, given);
        gateway.FromInside(Frames.Udp("100.64.0.2:64", Server)).MustDrop(DropReason.PortsExhausted);
        gateway.FromOutside(Frames.Udp(Server, "203.0.113.1:1030")).MustDrop(DropReason.NoMapping);
        Assert.Equal(0, gateway.Sessions().Count(session => session.Original.Source.Address == elsewhere));
    }

    [Theory]
    [InlineData(5064, true)] // another lane's stripe
    [InlineData(5120, false)] // its own, where nobody has a mapping
    [InlineData(22, false)] // nobody's
    [InlineData(80, true)] // published by another lane
    public void What_is_sent_to_another_lanes_port_leaves_by_the_external_side(int port, bool leaves)
    {
        using Gateway gateway = With(new LaneSlice(new LaneDivision(2), 0), options => options with
        {
            Published = [new PublishedService(IpProtocol.Udp, 80, new TransportAddress(HostOf(1), 80))],
        });

        Outcome outcome = gateway.FromInside(Frames.Udp("100.64.0.2:4000", $"203.0.113.1:{port}"));

        Assert.Equal(leaves, outcome.Forwarded);
        Assert.Equal(leaves ? DropReason.None : DropReason.NoMapping, outcome.Reason);
        Assert.Equal(leaves ? Realm.External : default, outcome.Verdict.Egress);
    }

    [Fact]
    public void Blocks_are_of_one_lane_each_and_none_is_lost()
    {
        LaneDivision division = new(2, 100, 0);
        List<int> blocks = [];
        for (int lane = 0; lane < 2; lane++)
        {
            LaneSlice slice = new(division, lane);
            using Gateway gateway = With(slice, options => options with
            {
                Ports = new PortRange(5000, 5999),
                Blocks = new PortBlockOptions { Size = 100, MaxPerSubscriber = 1 },
            });
            for (int host = 2; host < 7; host++)
            {
                int port = Given(gateway.FromInside(Frames.Udp($"100.64.0.{host}:1000", Server)));
                Assert.True(slice.Has(port));
                blocks.Add(port / 100);
                TransportAddress external = new(IPv4Address.Parse("203.0.113.1"), (ushort)(port ^ 1));
                PortOwner owner = gateway.Translator.Owners.Of(external, IpProtocol.Udp);
                Assert.Equal((PortOwnership.Block, $"100.64.0.{host}"), (owner.Kind, $"{owner.Internal.Address}"));
            }

            gateway.FromInside(Frames.Udp("100.64.0.7:1000", Server)).MustDrop(DropReason.PortsExhausted);
            TransportAddress others = new(IPv4Address.Parse("203.0.113.1"), (ushort)(lane == 0 ? 5150 : 5050));
            Assert.Equal(PortOwnership.None, gateway.Translator.Owners.Of(others, IpProtocol.Udp).Kind);
        }

        Assert.Equal(Enumerable.Range(50, 10), blocks.Order());
    }

    [Fact]
    public void Hosts_that_follow_each_other_are_spread_evenly()
    {
        for (int lanes = 2; lanes <= LaneDivision.MostLanes; lanes++)
        {
            LaneDivision division = new(lanes);
            int[] hosts = new int[lanes];
            for (uint host = 0; host < 1000; host++)
            {
                hosts[division.OfHost(new IPv4Address(0x6440_0000 + host))]++;
            }

            Assert.All(hosts, count => Assert.InRange(count, 700 / lanes, 1300 / lanes));
        }
    }

    [Theory]
    [InlineData("computed", "Deterministic: 2 lanes: computed ports lie where the computation says")]
    [InlineData("block", "Blocks.Size: 96: with 2 lanes a block must lie in one stripe of 64 ports")]
    [InlineData("beginning", "Blocks.Size: 64: with 2 lanes a block must lie in one stripe of 64 ports")]
    [InlineData("few", "Ports: 2048-2111: each of 2 lanes needs a port")]
    public void What_cannot_be_shared_out_is_refused(string what, string message)
    {
        InvalidOptionException error = Assert.Throws<InvalidOptionException>(() => With(
            new LaneSlice(new LaneDivision(2), 0),
            options => what switch
            {
                "computed" => options with
                {
                    Deterministic = new DeterministicOptions(new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 28), 16),
                },
                "block" => options with { Blocks = new PortBlockOptions { Size = 96 } },
                "beginning" => options with
                {
                    Ports = new PortRange(1025, 65535),
                    Blocks = new PortBlockOptions { Size = 64 },
                },
                _ => options with { Ports = new PortRange(2048, 2111) },
            }).Dispose());

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static Gateway With(
        LaneSlice slice, Func<TranslationOptions, TranslationOptions> configure, int seed = 1)
        => new(options => configure(options) with { Slice = slice }, seed);

    private static int Given(Outcome outcome)
    {
        Assert.True(outcome.Forwarded, $"dropped: {outcome.Reason}");
        return outcome.Tuple.Source.Port;
    }

    private static IPv4Address HostOf(int lane)
        => Enumerable.Range(10, 100)
            .Select(host => new IPv4Address(0x6440_0000 + (uint)host))
            .First(host => new LaneDivision(2).OfHost(host) == lane);
}
