using System;
using NatEngine.Packets;

namespace NatEngine.Pipeline.Tests;

public class PipelineOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => Gateway.Owned().Validate();

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void Refuses_a_batch_size_out_of_bounds(int size)
        => Refuses(Gateway.Owned() with { BatchSize = size }, "BatchSize", size.ToString(default(IFormatProvider)));

    [Theory]
    [InlineData(15)]
    [InlineData(65_536)]
    public void Refuses_a_neighbour_table_out_of_bounds(int neighbours)
        => Refuses(Gateway.Owned() with { MaxNeighbours = neighbours }, "MaxNeighbours", "between 16 and 65535");

    [Fact]
    public void Refuses_to_spin_for_long()
        => Refuses(Gateway.Owned() with { IdleSpin = TimeSpan.FromSeconds(1) }, "IdleSpin", "10 ms");

    [Fact]
    public void Refuses_a_group_as_hardware_address()
        => Refuses(WithExternal(port => port with { HardwareAddress = MacAddress.Broadcast }), "External", "ff:ff");

    [Fact]
    public void Refuses_an_mtu_that_no_link_has()
        => Refuses(WithExternal(port => port with { Mtu = 67 }), "External", "RFC 791");

    [Fact]
    public void Refuses_an_address_with_two_owners()
        => Refuses(WithExternal(port => port with { HostAddresses = port.OwnedAddresses }), "203.0.113.1", "both");

    private static PipelineOptions WithExternal(Func<GatewayPort, GatewayPort> change)
    {
        PipelineOptions owned = Gateway.Owned();
        return owned with { External = change(owned.External) };
    }

    private static void Refuses(PipelineOptions options, params string[] words)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(options.Validate);
        Assert.All(words, word => Assert.Contains(word, error.Message));
    }
}
