using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>Rules that ask who sent the frame (xt_mac.c).</summary>
public sealed class StationTests
{
    private const string Mine = "02:00:00:00:00:05";
    private const string Other = "02:00:00:00:00:06";
    private const string Me = "100.64.0.5:4000";
    private const string You = "198.51.100.7:53";

    [Theory]
    [InlineData(Mine, Mine, true)]
    [InlineData(Mine, Other, false)]
    [InlineData("! " + Mine, Mine, false)]
    [InlineData("! " + Mine, Other, true)]
    public void A_rule_fits_by_the_station_that_sent_the_frame(string asked, string sender, bool fits)
    {
        string not = asked.StartsWith('!') ? "! " : string.Empty;
        using Gateway gateway = Ruled.Gateway("", $"-A FORWARD -m mac {not}--mac-source {asked[not.Length..]} -j DROP");

        Assert.True(gateway.Translator.AsksOfFrames);
        Assert.Equal(fits ? DropReason.RuleDropped : DropReason.None, Send(gateway, sender));
    }

    [Fact]
    public void A_station_gets_its_own_destination_and_the_others_do_not()
    {
        using Gateway gateway = Ruled.Gateway(
            $"-A PREROUTING -p udp -m mac --mac-source {Mine} -j DNAT --to-destination 198.51.100.9", "");

        FlowTuple mine = gateway.FromInside(Frames.From(Mine, Frames.Udp(Me, You))).Tuple;
        FlowTuple others = gateway.FromInside(Frames.From(Other, Frames.Udp("100.64.0.6:4000", You))).Tuple;

        Assert.Equal("198.51.100.9:53", $"{mine.Destination}");
        Assert.Equal(You, $"{others.Destination}");
    }

    [Fact] // whose frames a session's packets come in is settled by the first of each direction
    public void Asks_about_a_session_once_a_direction()
    {
        const string Filter = $"""
            :FORWARD DROP [0:0]
            -A FORWARD -i wan0 -j ACCEPT
            -A FORWARD -m mac --mac-source {Mine} -j ACCEPT
            """;
        using Gateway gateway = Ruled.Gateway("", Filter);
        RuleProgram program = Ruled.Program("", Filter, IPv4Address.Parse(Gateway.External));
        gateway.Translator.Adopt(program);
        for (int round = 0; round < 10; round++)
        {
            Assert.Equal(DropReason.None, Send(gateway, Mine));
            Assert.Equal(DropReason.None, gateway.FromOutside(Frames.Udp(You, Me)).Verdict.Reason);
        }

        Assert.Equal(2UL, program.Counted().Filter.Find(ChainName.Forward)!.Rules[1].Counters.Packets);
        Assert.Equal(DropReason.None, Send(gateway, Other));
        Assert.Equal(
            DropReason.RuleDropped,
            gateway.FromInside(Frames.From(Other, Frames.Udp("100.64.0.5:4001", You))).Verdict.Reason);
    }

    [Fact] // an ICMP error is asked about by itself
    public void Takes_the_sender_of_an_error_for_the_errors()
    {
        using Gateway gateway = Ruled.Gateway("", $"-A FORWARD -m mac --mac-source {Other} -j DROP");
        Assert.Equal(DropReason.None, Send(gateway, Mine));
        byte[] error = Frames.Error("198.51.100.1", "100.64.0.5", Frames.Udp(Me, You));

        Assert.Equal(
            DropReason.RuleDropped, gateway.FromOutside(Frames.From(Other, error)).Verdict.Reason);
        Assert.Equal(DropReason.None, gateway.FromOutside(Frames.From(Mine, error)).Verdict.Reason);
    }

    [Fact]
    public void Nothing_is_asked_of_frames_where_no_rule_does()
    {
        using Gateway gateway = Ruled.Gateway("", "-A FORWARD -p tcp -j DROP");
        Assert.False(gateway.Translator.AsksOfFrames);
        gateway.Translator.Adopt(Ruled.Program("", "-A FORWARD -j LOG", IPv4Address.Parse(Gateway.External)));
        Assert.True(gateway.Translator.AsksOfFrames);
        gateway.Translator.Adopt(null);
        Assert.False(gateway.Translator.AsksOfFrames);
    }

    private static DropReason Send(Gateway gateway, string station)
        => gateway.FromInside(Frames.From(station, Frames.Udp(Me, You))).Verdict.Reason;
}
