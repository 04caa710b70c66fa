using System.Collections.Generic;
using NatEngine.Host.Planning;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Planning;

public sealed class LanePlannerTests
{
    [Fact]
    public void One_lane_is_divided_from_nothing()
        => Assert.Null(LanePlanner.Plan(Settings(1), new List<SettingFault>()));

    [Fact]
    public void Ports_are_shared_out_by_words_of_a_port_set()
        => Assert.Equal(new LaneDivision(4, 64, 0), LanePlanner.Plan(Settings(4), new List<SettingFault>()));

    [Theory]
    [InlineData(1024, 256, 256, 0)]
    [InlineData(1000, 300, 300, 200)] // the blocks begin at 1000, 1300…: 1200 is a multiple of 300
    [InlineData(5000, 10, 10, 0)]
    public void Stripes_are_as_long_as_blocks_and_begin_with_them(int first, int size, int stripe, int offset)
    {
        GatewaySettings settings = Settings(2) with
        {
            Pool = new PoolSettings
            {
                Ports = new PortRange((ushort)first, 65535),
                Blocks = new PortBlockOptions { Size = size },
            },
        };

        LaneDivision? division = LanePlanner.Plan(settings, new List<SettingFault>());

        Assert.Equal(new LaneDivision(2, stripe, offset), division);
        Assert.Equal(division!.Value.OfPort(first), division.Value.OfPort(first + size - 1));
        Assert.NotEqual(division.Value.OfPort(first), division.Value.OfPort(first + size));
    }

    [Fact]
    public void A_lane_has_its_share_of_what_is_counted_and_all_of_the_rest()
    {
        TranslationOptions all = new()
        {
            ExternalAddresses = [IPv4Address.Parse("203.0.113.1")],
            MaxSessions = 1001,
            MaxMappings = 0,
            LogCapacity = 30,
        };

        TranslationOptions share = LanePlanner.ShareOf(all, new LaneDivision(3), 2);

        Assert.Equal((334, 0, 10), (share.MaxSessions, share.MaxMappings, share.LogCapacity));
        Assert.Equal(new LaneSlice(new LaneDivision(3), 2), share.Slice);
        Assert.Same(all.ExternalAddresses, share.ExternalAddresses);
    }

    private static GatewaySettings Settings(int lanes)
        => new() { InternalInterface = "eth1", ExternalInterface = "eth0", Lanes = lanes };
}
