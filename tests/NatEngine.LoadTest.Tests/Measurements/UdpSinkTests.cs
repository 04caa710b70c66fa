using System;
using NatEngine.Lab;
using NatEngine.LoadTest.Flood;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Testbeds;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Tests.Measurements;

public sealed class UdpSinkTests
{
    private const int Port = 9;

    private static readonly IPv4Prefix Clients = new(IPv4Address.Parse("100.64.0.0"), 16);

    [RootTheory]
    [InlineData("100.64.0.0", 16, 500, 0)]
    [InlineData("100.64.16.1", 32, 100, 400)] // one client of five
    [InlineData("203.0.113.129", 32, 0, 500)] // an address whose last octet is more than 127
    [InlineData("0.0.0.0", 0, 500, 0)]
    public void Tells_datagrams_from_where_they_should_come_from_others(
        string network, int length, long expected, long unexpected)
    {
        using Testbed testbed = Testbed.WithoutGateway(CorePlacement.For(Environment.ProcessorCount));
        using UdpSink sink = new(
            testbed.Remote, Testbed.EndInterface, Port, new IPv4Prefix(IPv4Address.Parse(network), length));

        Send(testbed, Port);

        Assert.Null(sink.Remark);
        Assert.Equal(new UdpArrivals(expected, unexpected), sink.Take());
        Assert.Equal(default, sink.Take()); // taken once
    }

    [RootFact]
    public void Lets_everything_else_pass()
    {
        using Testbed testbed = Testbed.WithoutGateway(CorePlacement.For(Environment.ProcessorCount));
        using UdpSink sink = new(testbed.Remote, Testbed.EndInterface, Port, Clients);

        Send(testbed, Port + 1);
        ProgramResult ping = testbed.Inside.Run("ping", ["-n", "-c", "1", "-W", "5", $"{Testbed.Target}"]);

        Assert.True(ping.Succeeded, ping.Output);
        Assert.Equal(default, sink.Take());
    }

    [RootFact]
    public void Is_gone_when_disposed_of()
    {
        using Testbed testbed = Testbed.WithoutGateway(CorePlacement.For(Environment.ProcessorCount));
        new UdpSink(testbed.Remote, Testbed.EndInterface, Port, Clients).Dispose();

        string link = testbed.Remote.Run("ip", ["link", "show", Testbed.EndInterface]).EnsureSuccess().Output;

        Assert.DoesNotContain("xdp", link, StringComparison.Ordinal);
        Assert.Empty(testbed.Remote.Run("nft", ["list", "ruleset"]).EnsureSuccess().Output);
    }

    private static void Send(Testbed testbed, int port)
    {
        FloodOutcome outcome = FloodProgram.Run(testbed, new FloodPlan
        {
            NextHop = testbed.NextHop,
            Station = Testbed.StationOf(testbed.Inside, Testbed.EndInterface),
            FirstClient = Testbed.FirstClient,
            Clients = 5,
            Flows = 5,
            Destination = new TransportAddress(IPv4Address.From(Testbed.Target), (ushort)port),
            Rate = 10_000,
            Duration = TimeSpan.FromSeconds(20),
            Packets = 500,
        }, TimeSpan.FromSeconds(20));
        Assert.Equal(500, outcome.Sent);
    }
}
