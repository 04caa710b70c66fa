using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Rfc;

/// <summary>RFC 7422, deterministic address mapping.</summary>
public sealed class Rfc7422Tests
{
    private const string Server = "198.51.100.7:53";

    private static readonly IPv4Prefix Inside = new(IPv4Address.Parse("100.64.0.0"), 26);

    private static readonly IPv4Address[] Outside =
        [IPv4Address.Parse("203.0.113.1"), IPv4Address.Parse("203.0.113.2"), IPv4Address.Parse("198.18.9.9")];

    [Theory] // ports per host of 64,512, as VPP's deterministic NAT has them too
    [InlineData(16, 4032)]
    [InlineData(32, 2016)]
    [InlineData(256, 252)]
    [InlineData(1024, 63)]
    public void Ratio_says_how_many_ports_each_has(int ratio, int ports)
        => Assert.Equal(
            ports, new DeterministicPorts(new(default, 32), ratio, Outside, new PortRange(1024, 65535)).PortsEach);

    [Theory]
    [InlineData("100.64.0.0", "203.0.113.1", "1024-3173")]
    [InlineData("100.64.0.1", "203.0.113.1", "3174-5323")]
    [InlineData("100.64.0.29", "203.0.113.1", "63374-65523")]
    [InlineData("100.64.0.30", "203.0.113.2", "1024-3173")]
    [InlineData("100.64.0.63", "198.18.9.9", "7474-9623")]
    public void Forward_look_up(string address, string external, string ports)
    {
        DeterministicPorts map = new(Inside, 30, Outside, new PortRange(1024, 65535));
        Assert.True(map.TryForward(IPv4Address.Parse(address), out IPv4Address found, out PortRange range));
        Assert.Equal((external, ports), (found.ToString(), range.ToString()));
    }

    [Fact]
    public void Reverse_look_up_inverts_the_forward_one_and_nobody_shares()
    {
        DeterministicPorts map = new(Inside, 30, Outside, new PortRange(1024, 65535));
        HashSet<(IPv4Address Address, int Port)> taken = [];
        for (uint host = 0; host < 64; host++)
        {
            IPv4Address address = new(Inside.Network.Value + host);
            Assert.True(map.TryForward(address, out IPv4Address external, out PortRange ports));
            for (int port = ports.First; port <= ports.Last; port++)
            {
                Assert.True(taken.Add((external, port)));
                Assert.True(map.TryReverse(external, (ushort)port, out IPv4Address owner));
                Assert.Equal(address, owner);
            }
        }

        Assert.Equal(64 * 2150, taken.Count);
    }

    [Theory]
    [InlineData("203.0.113.1", 1023)] // below the range
    [InlineData("203.0.113.1", 65535)] // left over by the division
    [InlineData("198.18.9.9", 9624)] // of the next one, of whom there is none
    [InlineData("203.0.113.3", 5000)] // not our address
    public void Reverse_look_up_of_nobodys_port_finds_nobody(string external, ushort port)
        => Assert.False(new DeterministicPorts(Inside, 30, Outside, new PortRange(1024, 65535))
            .TryReverse(IPv4Address.Parse(external), port, out _));

    [Theory]
    [InlineData("100.64.1.0")]
    [InlineData("100.63.255.255")]
    public void Address_outside_of_the_prefix_has_no_ports(string address)
        => Assert.False(new DeterministicPorts(Inside, 30, Outside, new PortRange(1024, 65535))
            .TryForward(IPv4Address.Parse(address), out _, out _));

    [Fact]
    public void Translation_keeps_to_the_computed_ports_and_stops_at_the_last()
    {
        using Gateway gateway = Deterministic(ratio: 30);
        HashSet<string> seen = [];
        for (int port = 5000; port < 5000 + 2152; port++)
        {
            Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.31:{port}", Server));
            if (port < 5000 + 2150)
            {
                Assert.Equal("203.0.113.2", outcome.Tuple.Source.Address.ToString());
                Assert.InRange(outcome.Tuple.Source.Port, 3174, 5323);
                Assert.True(seen.Add(outcome.Source));
            }
            else
            {
                outcome.MustDrop(DropReason.PortsExhausted);
            }
        }

        gateway.FromInside(Frames.Udp("100.64.0.30:1500", Server))
            .MustLeave(Realm.External, "203.0.113.2:1500", Server); // a neighbour is not affected
        gateway.FromInside(Frames.Udp("100.64.1.0:1500", Server)).MustDrop(DropReason.NotInternal);
    }

    [Fact]
    public void Queries_show_the_computed_address()
    {
        using Gateway gateway = Deterministic(ratio: 30);
        gateway.FromInside(Frames.EchoRequest("100.64.0.31", "198.51.100.7", 7))
            .MustLeave(Realm.External, "203.0.113.2:7", "198.51.100.7:2048");
    }

    private static Gateway Deterministic(int ratio) => new(options => options with
    {
        ExternalAddresses = Outside,
        Deterministic = new DeterministicOptions(Inside, ratio),
    });
}
