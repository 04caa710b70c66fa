using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>What becomes of sessions under rules that might come.</summary>
public sealed class RuleReviewTests
{
    private const string Masquerade = "-A POSTROUTING -o wan0 -j MASQUERADE";
    private const string Accepting = "-A FORWARD -j ACCEPT";

    private const string Publish
        = "-A PREROUTING -i wan0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 100.64.0.9:80";

    [Theory]
    [InlineData(Masquerade, Accepting, ReviewOutcome.Same)]
    [InlineData("-A POSTROUTING -j SNAT --to-source 203.0.113.1", "", ReviewOutcome.Same)]
    [InlineData("-A POSTROUTING -p udp -j SNAT --to-source 203.0.113.1:6000-6999", "", ReviewOutcome.Translated)]
    [InlineData("", "", ReviewOutcome.Translated)]
    [InlineData(Masquerade, "-A FORWARD -p udp -m udp --dport 80 -j DROP", ReviewOutcome.Refused)]
    [InlineData(Masquerade, ":FORWARD DROP [0:0]\n-A FORWARD -m state --state ESTABLISHED -j ACCEPT",
        ReviewOutcome.Refused)]
    [InlineData(Masquerade, ":FORWARD DROP [0:0]\n-A FORWARD -m state --state NEW -j ACCEPT", ReviewOutcome.Same)]
    public void A_session_from_inside_is_held_against_them_as_if_it_opened(
        string nat, string filter, ReviewOutcome expected)
    {
        RuleProgram before = ProgramOf(Masquerade, "");
        using Gateway gateway = Running(before);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", "198.51.100.7:80"));

        SessionReview found = RuleReview.Of(before, ProgramOf(nat, filter)).Look(gateway.OnlySession());

        Assert.Equal(expected, found.Outcome);
    }

    [Theory]
    [InlineData(Publish, ReviewOutcome.Same)]
    [InlineData("", ReviewOutcome.Translated)]
    [InlineData("-A PREROUTING -i wan0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 100.64.0.10:80",
        ReviewOutcome.Translated)]
    [InlineData("-A PREROUTING -i wan0 -p tcp -j DNAT --to-destination 100.64.0.8-100.64.0.12:80", ReviewOutcome.Same)]
    public void A_published_session_stays_as_long_as_a_rule_can_have_published_it(string nat, ReviewOutcome expected)
    {
        RuleProgram before = ProgramOf(Publish, "");
        using Gateway gateway = Running(before);
        gateway.FromOutside(Frames.Tcp("198.51.100.7:999", "203.0.113.1:8080", TcpFlags.Syn));

        SessionReview found = RuleReview.Of(before, ProgramOf(nat, "")).Look(gateway.OnlySession());

        Assert.Equal(expected, found.Outcome);
    }

    [Theory] // nobody knows which way chance would have gone, nor who sent a packet that is gone
    [InlineData("-A FORWARD -m statistic --mode random --probability 0.5 -j DROP", ReviewOutcome.Same)]
    [InlineData("-A FORWARD -m limit --limit 1/day -j ACCEPT\n-A FORWARD -j DROP", ReviewOutcome.Same)]
    [InlineData("-A FORWARD -m length --length 9000: -j ACCEPT\n-A FORWARD -m limit --limit 1/day -j DROP\n"
        + "-A FORWARD -j DROP", ReviewOutcome.Same)]
    [InlineData("-A FORWARD -m limit --limit 1/day -j DROP\n-A FORWARD -j DROP", ReviewOutcome.Refused)]
    [InlineData("-A FORWARD -m mac --mac-source 02:00:00:00:00:05 -j ACCEPT\n-A FORWARD -j DROP", ReviewOutcome.Same)]
    [InlineData("-A FORWARD -m mac ! --mac-source 02:00:00:00:00:05 -j DROP", ReviewOutcome.Same)]
    public void What_chance_decides_may_be_decided_either_way(string filter, ReviewOutcome expected)
    {
        RuleProgram before = ProgramOf(Masquerade, "");
        using Gateway gateway = Running(before);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", "198.51.100.7:80"));

        Assert.Equal(
            expected, RuleReview.Of(before, ProgramOf(Masquerade, filter)).Look(gateway.OnlySession()).Outcome);
    }

    [Fact]
    public void A_review_names_who_decides_and_counts_nothing()
    {
        RuleProgram before = ProgramOf(Masquerade, "");
        RuleProgram after = ProgramOf(Masquerade, ":odd - [0:0]\n-A FORWARD -j odd\n-A odd -p udp -j DROP");
        using Gateway gateway = Running(before);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", "198.51.100.7:80"));
        string counted = RuleTextOf(before);

        SessionReview found = RuleReview.Of(before, after).Look(gateway.OnlySession());

        Assert.Equal("odd", found.Decider!.Chain.Name);
        Assert.Equal("-p udp -j DROP", found.Decider.Rule!.ToString());
        Assert.Equal(counted, RuleTextOf(before));
        Assert.DoesNotContain("[1:", RuleTextOf(after), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_stays_goes_on_counting_and_one_that_is_new_begins()
    {
        RuleProgram before = ProgramOf(Masquerade, Accepting);
        using Gateway gateway = Running(before);
        gateway.FromInside(Frames.Udp("100.64.0.2:4000", "198.51.100.7:80"));
        RuleTally known = before.Tally();
        RuleProgram after = RuleProgram.TryCompile(
            RuleDifference.WithCountersOf(
                before.Counted(known), ProgramOf(Masquerade, $"-A FORWARD -p tcp -j DROP\n{Accepting}").Rules),
            before.Surroundings,
            out _)!;

        gateway.FromInside(Frames.Udp("100.64.0.2:4001", "198.51.100.7:80")); // after the counters were looked at
        gateway.Translator.Adopt(after);
        new RuleSuccession(before, known, after).Complete();
        gateway.FromInside(Frames.Udp("100.64.0.2:4002", "198.51.100.7:80"));

        string text = RuleTextOf(after);
        Assert.Matches(@"\[3:\d+\] -A FORWARD -j ACCEPT", text);
        Assert.Contains("[0:0] -A FORWARD -p tcp -j DROP", text, StringComparison.Ordinal);
        Assert.Matches(@"\[3:\d+\] -A POSTROUTING -o wan0 -j MASQUERADE", text);
    }

    private static Gateway Running(RuleProgram program) => new(options => options with { Rules = program });

    private static RuleProgram ProgramOf(string nat, string filter)
        => Ruled.Program(nat, filter, IPv4Address.Parse(Gateway.External));

    private static string RuleTextOf(RuleProgram program) => RuleText.Of(program.Counted());
}
