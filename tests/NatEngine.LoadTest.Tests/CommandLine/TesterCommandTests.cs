using System;
using System.Linq;
using NatEngine.LoadTest.CommandLine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Ports;
using NatEngine.LoadTest.Rfc9693;

namespace NatEngine.LoadTest.Tests.CommandLine;

/// <summary>The options of <c>natload rfc9693</c> and <c>natload ports</c>.</summary>
public sealed class TesterCommandTests
{
    private static readonly MeasurementOptions Quick = new(TimeSpan.FromSeconds(2));

    [Fact]
    public void The_ladder_and_the_scheme_of_CSIT_can_be_had()
    {
        TesterSettings settings = Rfc9693(
            "--sessions", "64512,258048,1032192", "--hosts", "1024", "--ports-per-host", "63", "--same-ports");

        Assert.Equal([64_512, 258_048, 1_032_192], settings.Connections);
        Assert.Equal([1, 4, 16], settings.Connections.Select(each => settings.SpaceOf(each, 1).Destinations));
        Assert.False(settings.SpaceOf(64_512, 1).SpreadPorts);
    }

    [Fact]
    public void In_full_it_is_as_the_RFCs_want_it()
    {
        TesterSettings settings = Rfc9693Measurements.SettingsFor(Quick with { Full = true });

        Assert.Equal((60.0, 1, 8), (settings.Trial.TotalSeconds, settings.Attempts, settings.Frames.Count));
        settings.Check();
    }

    [Theory]
    [InlineData("--sessions", "0")]
    [InlineData("--sessions", "100,50")]
    [InlineData("--sessions", "many")]
    [InlineData("--hosts", "4001")]
    [InlineData("--ports-per-host", "64513")]
    [InlineData("--frames", "63")]
    [InlineData("--frames", "jumbo")]
    [InlineData("--max-rate", "0")]
    [InlineData("--error", "0")]
    [InlineData("--accept-loss", "100")]
    public void What_cannot_be_is_refused_by_its_option(string option, string value)
    {
        BadInputException refused = Assert.Throws<BadInputException>(() => Rfc9693(option, value));

        Assert.Contains(value.Split(',')[0], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_filled_with_four_cases_unless_told_otherwise()
    {
        PortsSettings settings = Ports();

        Assert.Equal(["udp", "udp:2", "tcp", "icmp"], settings.Cases.Select(each => each.ToString()));
        Assert.All(
            settings.Cases,
            each => Assert.True(new FlowSpace(settings.SpaceOf(each, 1)).Count > 64_512 * each.Endpoints));
    }

    [Theory]
    [InlineData("--cases", "udp,udp")]
    [InlineData("--cases", "gre")]
    [InlineData("--attempts", "0")]
    [InlineData("--hosts", "0")]
    [InlineData("--newcomers", "0")]
    public void Ports_refuses_what_cannot_be(string option, string value)
        => Assert.Throws<BadInputException>(() => Ports(option, value));

    private static TesterSettings Rfc9693(params string[] arguments) => Rfc9693Command.SettingsOf(
        NatLoadCommand.Create().Parse(["rfc9693", "connection-rate", .. arguments]), Quick);

    private static PortsSettings Ports(params string[] arguments)
        => PortsCommand.SettingsOf(NatLoadCommand.Create().Parse(["ports", .. arguments]), Quick);
}
