using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Host.Explaining;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Tests.Explaining;

/// <summary>The words of <c>natengine explain</c>: those that are read, and those that are written.</summary>
public sealed class ExplainWordsTests
{
    private static readonly GatewayNames Names = new("lan0", "wan0", ["default"]);

    [Theory]
    [InlineData("tcp 100.64.0.5:40000 198.51.100.7:443", "tcp 100.64.0.5:40000 -> 198.51.100.7:443")]
    [InlineData("17 100.64.0.5:1 198.51.100.7:2", "udp 100.64.0.5:1 -> 198.51.100.7:2")]
    [InlineData("icmp 100.64.0.5 198.51.100.7", "icmp 100.64.0.5 -> 198.51.100.7 id 1")]
    [InlineData("icmp 100.64.0.5 198.51.100.7 65535", "icmp 100.64.0.5 -> 198.51.100.7 id 65535")]
    [InlineData("gre 100.64.0.5 198.51.100.7", "gre 100.64.0.5 -> 198.51.100.7")]
    [InlineData("200 100.64.0.5 198.51.100.7", "200 100.64.0.5 -> 198.51.100.7")]
    public void A_packet_is_read_as_it_is_written(string words, string text)
    {
        Assert.True(PacketWords.TryRead(words.Split(' '), out FlowTuple tuple, out _));

        Assert.Equal(text, PacketText.Of(tuple));
    }

    [Theory]
    [InlineData("", "which packet?")]
    [InlineData("all 100.64.0.5 198.51.100.7", "'all': must be a protocol")]
    [InlineData("tpc 100.64.0.5:1 198.51.100.7:2", "'tpc': must be a protocol")]
    [InlineData("tcp 100.64.0.5:1", "tcp needs a source and a destination")]
    [InlineData("tcp 100.64.0.5:1 198.51.100.7:2 3", "tcp needs a source and a destination")]
    [InlineData("udp 100.64.0.5 198.51.100.7:2", "'100.64.0.5': must be ADDRESS:PORT")]
    [InlineData("udp 100.64.0.5:1 198.51.100.7:65536", "'198.51.100.7:65536': must be ADDRESS:PORT")]
    [InlineData("icmp 100.64.0.5:1 198.51.100.7", "'100.64.0.5:1': must be an address without a port")]
    [InlineData("icmp 100.64.0.5 198.51.100.7 65536", "'65536': must be an identifier from 0 to 65535")]
    [InlineData("esp 100.64.0.5 198.51.100", "'198.51.100': must be an address without a port")]
    public void What_is_no_packet_is_refused_with_the_word_and_the_rule(string words, string fault)
    {
        Assert.False(PacketWords.TryRead(
            words.Split(' ', StringSplitOptions.RemoveEmptyEntries), out _, out string? found));

        Assert.StartsWith(fault, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("portsexhausted", DropReason.PortsExhausted)]
    [InlineData("NoMapping", DropReason.NoMapping)]
    public void A_reason_is_read_however_it_is_written(string word, DropReason reason)
    {
        Assert.True(ReasonWords.TryRead(word, out DropReason read));
        Assert.Equal(reason, read);
    }

    [Theory]
    [InlineData("PortExausted", DropReason.PortsExhausted)]
    [InlineData("filter", DropReason.Filtered)]
    [InlineData("NoRout", DropReason.NoRoute)]
    [InlineData("frag", DropReason.Fragment)]
    public void A_reason_that_there_is_not_has_its_nearest_named(string word, DropReason nearest)
    {
        Assert.False(ReasonWords.TryRead(word, out _));
        Assert.Equal(nearest, ReasonWords.Nearest(word)[0]);
    }

    [Fact]
    public void None_is_no_reason() => Assert.False(ReasonWords.TryRead("None", out _));

    [Theory]
    [InlineData("-s 100.64.0.0/24", "source is 100.64.1.5")]
    [InlineData("-d 198.51.100.8/32", "destination is 198.51.100.7")]
    [InlineData("-i wan0", "it comes in by lan0")]
    [InlineData("-o lan0", "it leaves by wan0")]
    [InlineData("-p udp", "protocol is tcp")]
    [InlineData("-p tcp -m tcp --sport 1", "source port is 40000")]
    [InlineData("-p tcp -m tcp --dport 1", "destination port is 443")]
    [InlineData("-p tcp -m tcp --tcp-flags ACK ACK", "flags are SYN")]
    [InlineData("-p tcp -m multiport --dports 1,2", "destination port is 443")]
    [InlineData("-p tcp -m multiport --ports 1,2", "source port is 40000, destination port is 443")]
    [InlineData("-m state --state ESTABLISHED", "state is NEW,DNAT")]
    [InlineData("-m conntrack --ctstate ESTABLISHED", "state is NEW,DNAT")]
    [InlineData("-m conntrack --ctorigdst 198.51.100.8", "the session's original destination is 203.0.113.1:80")]
    [InlineData("-m conntrack --ctdir REPLY", "direction is ORIGINAL")]
    [InlineData("-m iprange --src-range 100.64.0.1-100.64.0.2", "source is 100.64.1.5")]
    [InlineData("-m mark --mark 0x2", "mark is 0x1f")]
    [InlineData("-m length --length 1:2", "length is 40")]
    [InlineData("-m ttl --ttl-eq 9", "time to live is 63")]
    [InlineData("-m limit --limit 1/s", "the rate is used up")]
    [InlineData("-m statistic --mode nth --every 3 --packet 0", "it is another packet's turn")]
    [InlineData("-m connlimit --connlimit-above 3", "there are not so many sessions")]
    [InlineData("-m mac --mac-source 02:00:00:00:00:01", "the station is not known")]
    [InlineData("-m set --match-set blocked src", "source is 100.64.1.5")]
    public void A_condition_says_what_the_packet_has_instead(string condition, string expected)
        => Assert.Equal(expected, MisfitText.Of(MatchOf(condition), Packet(), Names));

    [Fact]
    public void Every_condition_has_its_words()
    {
        IEnumerable<Type> kinds = typeof(IRuleMatch).Assembly.GetTypes()
            .Where(type => type.IsClass && typeof(IRuleMatch).IsAssignableFrom(type) && type != typeof(CommentMatch));
        Assert.All(kinds, kind => Assert.NotEqual(
            "the packet does not fit",
            MisfitText.Of(
                (IRuleMatch)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(kind), Packet(),
                Names)));
    }

    [Fact]
    public void A_segment_is_written_with_its_flags()
    {
        FlowTuple tuple = Packet().Tuple;
        Assert.Equal("tcp 100.64.1.5:40000 -> 198.51.100.7:443, SYN", PacketText.Of(PacketFacts.OfOpening(tuple)));
        Assert.Equal("tcp 100.64.1.5:40000 -> 198.51.100.7:443, ACK", PacketText.Of(PacketFacts.OfFollowing(tuple)));
        Assert.Equal("no flags", PacketText.FlagsOf(default));
    }

    private static IRuleMatch MatchOf(string condition)
    {
        RuleReading reading = RuleFile.Read($"*filter\n-A FORWARD {condition} -j DROP\nCOMMIT\n", "rules");
        Assert.True(reading.IsUsable, string.Join('\n', reading.Findings));
        return reading.Rules.Filter.Find(ChainName.Forward)!.Rules[0].Matches[^1];
    }

    private static PacketAtHook Packet()
    {
        FlowTuple original = new(
            new TransportAddress(IPv4Address.Parse("100.64.1.5"), 40_000),
            new TransportAddress(IPv4Address.Parse("203.0.113.1"), 80), IpProtocol.Tcp);
        FlowTuple tuple = new(
            original.Source, new TransportAddress(IPv4Address.Parse("198.51.100.7"), 443), IpProtocol.Tcp);
        return new PacketAtHook
        {
            Facts = PacketFacts.OfOpening(tuple),
            Tuple = tuple,
            Original = original,
            Reply = tuple.Reply(),
            States = SessionStates.New | SessionStates.Dnat,
            Direction = TupleDirection.Original,
            Ingress = Realm.Internal,
            Egress = Realm.External,
            TimeToLive = 63,
            Mark = 0x1f,
        };
    }
}
