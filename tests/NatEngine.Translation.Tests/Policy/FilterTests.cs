using System;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules;
using NatEngine.Translation.Policy;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Policy;

/// <summary>What the rules of table filter let pass.</summary>
public sealed class FilterTests
{
    private const string Me = "100.64.0.5";
    private const string You = "198.51.100.7";
    private const string NewFromInside = """
        :FORWARD DROP [0:0]
        -A FORWARD -m state --state RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -i lan0 -o wan0 -m state --state NEW -j ACCEPT
        """;

    [Fact] // the lecture: NEW is said of a connection, not of a host
    public void I_may_open_to_you_and_you_not_to_me_though_the_addresses_are_the_same()
    {
        using Gateway gateway = Ruled.Gateway("", NewFromInside);
        Assert.Equal(DropReason.None, Tcp(gateway, Realm.Internal, $"{Me}:40000", $"{You}:22", TcpFlags.Syn));
        Assert.Equal(
            DropReason.None, Tcp(gateway, Realm.External, $"{You}:22", $"{Me}:40000", TcpFlags.Syn | TcpFlags.Ack));
        Assert.Equal(DropReason.None, Tcp(gateway, Realm.Internal, $"{Me}:40000", $"{You}:22", TcpFlags.Ack));
        Assert.Equal(DropReason.RuleDropped, Tcp(gateway, Realm.External, $"{You}:40000", $"{Me}:22", TcpFlags.Syn));
        Assert.Equal(DropReason.None, Tcp(gateway, Realm.External, $"{You}:22", $"{Me}:40000", TcpFlags.Ack));
    }

    [Fact] // replies need a rule, as in the kernel
    public void Drops_answers_that_no_rule_lets_back_in()
    {
        using Gateway gateway = Ruled.Gateway(
            "-A POSTROUTING -o wan0 -j MASQUERADE", ":FORWARD DROP [0:0]\n-A FORWARD -i lan0 -j ACCEPT");
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53"));
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.External, $"{You}:53", "203.0.113.1:4000"));
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.External, $"{You}:53", "203.0.113.1:4000"));
    }

    [Fact] // an answer turns NEW into ESTABLISHED for the side that asked, too
    public void Holds_the_openers_next_packet_against_the_rules_again_once_it_was_answered()
    {
        using Gateway gateway = Ruled.Gateway(
            "",
            """
            :FORWARD DROP [0:0]
            -A FORWARD -i wan0 -j ACCEPT
            -A FORWARD -m conntrack --ctstate NEW -j ACCEPT
            """);
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53"));
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53"));
        Assert.Equal(DropReason.None, Udp(gateway, Realm.External, $"{You}:53", $"{Me}:4000"));
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53"));
    }

    [Fact] // established sessions cost no rule
    public void Asks_nothing_about_the_packets_of_a_session_whose_answer_is_known()
    {
        using Gateway gateway = Ruled.Gateway("", NewFromInside);
        RuleProgram program = Ruled.Program("", NewFromInside, IPv4Address.Parse(Gateway.External));
        gateway.Translator.Adopt(program);
        for (int packet = 0; packet < 10; packet++)
        {
            Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53");
            Udp(gateway, Realm.External, $"{You}:53", $"{Me}:4000");
        }

        RuleChain forward = program.Counted().Filter.Find(ChainName.Forward)!;
        Assert.Equal(2UL, forward.Rules[0].Counters.Packets); // one a direction
        Assert.Equal(1UL, forward.Rules[1].Counters.Packets);
        Assert.Equal(64UL, forward.Rules[0].Counters.Octets);
    }

    [Fact]
    public void Asks_about_every_packet_where_the_answer_is_the_packets_own()
    {
        using Gateway gateway = Ruled.Gateway("", "-A FORWARD -m length --length 100:65535 -j DROP");
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53"));
        Assert.Equal(DropReason.None, Udp(gateway, Realm.External, $"{You}:53", $"{Me}:4000"));
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.External, $"{You}:53", $"{Me}:4000", 200));
        Assert.Equal(DropReason.None, Udp(gateway, Realm.External, $"{You}:53", $"{Me}:4000"));
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53", 200));
    }

    [Fact]
    public void Calls_chains_comes_back_from_them_and_goes_to_others_for_good()
    {
        using Gateway gateway = Ruled.Gateway(
            "",
            """
            :FORWARD ACCEPT [0:0]
            :inner - [0:0]
            :outer - [0:0]
            -A FORWARD -p udp -m udp --dport 1 -j outer
            -A FORWARD -p udp -m udp --dport 1 -j DROP
            -A FORWARD -p udp -m udp --dport 2 -g outer
            -A FORWARD -p udp -m udp --dport 2 -j DROP
            -A FORWARD -p udp -m udp --dport 3 -j RETURN
            -A FORWARD -p udp -m udp --dport 3 -j DROP
            -A outer -j inner
            -A outer -s 100.64.0.99/32 -j DROP
            -A inner -s 100.64.0.6/32 -j ACCEPT
            """);
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:1"));
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, "100.64.0.6:4000", $"{You}:1"));
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:2"));
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.Internal, "100.64.0.99:4000", $"{You}:2"));
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:3"));
    }

    [Theory]
    [InlineData("-A FORWARD -d 198.51.100.7/32 -j DROP", true)]
    [InlineData("-A FORWARD ! -d 198.51.100.7/32 -j DROP", false)]
    [InlineData("-A FORWARD ! -s 100.64.0.6/32 -j DROP", true)]
    [InlineData("-A FORWARD ! -i lan0 -j DROP", false)]
    [InlineData("-A FORWARD -i lan+ -o wan+ -j DROP", true)]
    [InlineData("-A FORWARD -o lan0 -j DROP", false)]
    [InlineData("-A FORWARD -p tcp -j DROP", false)]
    [InlineData("-A FORWARD ! -p tcp -j DROP", true)]
    [InlineData("-A FORWARD -p udp -m udp --sport 3999:4001 --dport 53 -j DROP", true)]
    [InlineData("-A FORWARD -p udp -m udp ! --dport 53 -j DROP", false)]
    [InlineData("-A FORWARD -p udp -m multiport --dports 1,50:60 -j DROP", true)]
    [InlineData("-A FORWARD -p udp -m multiport ! --ports 1,50:60 -j DROP", false)]
    [InlineData("-A FORWARD -m iprange --src-range 100.64.0.4-100.64.0.6 -j DROP", true)]
    [InlineData("-A FORWARD -m iprange ! --dst-range 198.51.100.0-198.51.100.9 -j DROP", false)]
    [InlineData("-A FORWARD -m ttl --ttl-eq 63 -j DROP", true)]
    [InlineData("-A FORWARD -m ttl --ttl-lt 63 -j DROP", false)]
    [InlineData("-A FORWARD -m length --length 32 -j DROP", true)]
    [InlineData("-A FORWARD -m conntrack --ctstate NEW --ctorigsrc 100.64.0.5 --ctorigdstport 53 -j DROP", true)]
    [InlineData("-A FORWARD -m conntrack --ctdir REPLY -j DROP", false)]
    [InlineData("-A FORWARD -m conntrack --ctstate SNAT,DNAT -j DROP", false)]
    [InlineData("-A FORWARD -m set --match-set blocked dst -j DROP", false)]
    [InlineData("-A FORWARD -m set ! --match-set blocked dst -j DROP", true)]
    [InlineData("-A FORWARD -f -j DROP", false)]
    [InlineData("-A FORWARD -m statistic --mode nth --every 1 --packet 0 -j DROP", true)]
    [InlineData("-A FORWARD -m statistic --mode random --probability 0.00000000000 -j DROP", false)]
    [InlineData("-A FORWARD -m mark --mark 0x0/0xff -j DROP", true)]
    public void Matches_what_iptables_would(string rule, bool drops)
    {
        using Gateway gateway = Ruled.Gateway("", rule);
        Assert.Equal(
            drops ? DropReason.RuleDropped : DropReason.None,
            Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53"));
    }

    [Theory]
    [InlineData("-A FORWARD -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP", true)]
    [InlineData("-A FORWARD -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j DROP", false)]
    public void Looks_at_the_flags_of_a_segment(string rule, bool drops)
    {
        using Gateway gateway = Ruled.Gateway("", rule);
        Assert.Equal(
            drops ? DropReason.RuleDropped : DropReason.None,
            Tcp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:80", TcpFlags.Syn));
    }

    [Fact]
    public void Lets_so_many_pass_in_a_time_as_a_limit_says()
    {
        using Gateway gateway = Ruled.Gateway(
            "", ":FORWARD DROP [0:0]\n-A FORWARD -m limit --limit 10/sec --limit-burst 3 -j ACCEPT");
        int passed = 0;
        for (int packet = 0; packet < 10; packet++)
        {
            passed += Udp(gateway, Realm.Internal, $"{Me}:{4000 + packet}", $"{You}:53") == DropReason.None ? 1 : 0;
        }

        Assert.Equal(3, passed);
        gateway.Wait(0.1);
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, $"{Me}:5000", $"{You}:53"));
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.Internal, $"{Me}:5001", $"{You}:53"));
    }

    [Fact] // RELATED: neither new nor of the session's own protocol
    public void Asks_about_an_icmp_error_by_its_own_header()
    {
        using Gateway gateway = Ruled.Gateway(
            "",
            """
            -A FORWARD -p icmp -m icmp --icmp-type 3/1 -m conntrack --ctstate RELATED -j DROP
            """);
        byte[] frame = Frames.Udp($"{Me}:4000", $"{You}:53");
        Assert.Equal(VerdictKind.Forward, gateway.FromInside(frame).Verdict.Kind);
        Assert.Equal(
            DropReason.RuleDropped,
            gateway.FromOutside(Frames.Error("198.51.100.1", Me, frame, type: 3, code: 1)).Verdict.Reason);
        Assert.Equal(
            VerdictKind.Forward,
            gateway.FromOutside(Frames.Error("198.51.100.1", Me, frame, type: 3, code: 3)).Verdict.Kind);
    }

    [Theory]
    [InlineData("icmp-port-unreachable", 3)]
    [InlineData("icmp-admin-prohibited", 13)]
    [InlineData("icmp-host-prohibited", 10)]
    public void Says_how_to_reject(string answer, byte code)
    {
        using Gateway gateway = Ruled.Gateway("", $"-A FORWARD -p udp -j REJECT --reject-with {answer}");
        Verdict verdict = gateway.FromInside(Frames.Udp($"{Me}:4000", $"{You}:53")).Verdict;
        Assert.Equal((DropReason.RuleRejected, code), (verdict.Reason, verdict.Rejection));
    }

    [Fact]
    public void Rejects_a_connection_with_a_reset()
    {
        using Gateway gateway = Ruled.Gateway("", "-A FORWARD -p tcp -j REJECT --reject-with tcp-reset");
        Verdict verdict = gateway.FromInside(Frames.Tcp($"{Me}:4000", $"{You}:80", TcpFlags.Syn)).Verdict;
        Assert.Equal((DropReason.RuleRejected, Verdict.Reset), (verdict.Reason, verdict.Rejection));
    }

    [Fact] // sessions live on, and their next packets are held against the new rules
    public void Takes_other_rules_for_the_sessions_that_there_are()
    {
        using Gateway gateway = Ruled.Gateway("", NewFromInside);
        Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53");
        Udp(gateway, Realm.External, $"{You}:53", $"{Me}:4000");
        gateway.Translator.Adopt(Ruled.Program("", "-A FORWARD -d 198.51.100.7/32 -j DROP"));
        uint cursor = 0;
        gateway.Translator.AskAgain(ref cursor, 100_000);
        Assert.Equal(Translator.EndOfList, cursor);
        Assert.Equal(DropReason.RuleDropped, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53"));
        Assert.Equal(DropReason.None, Udp(gateway, Realm.External, $"{You}:53", $"{Me}:4000"));
        gateway.Translator.Adopt(null);
        Assert.Equal(DropReason.None, Udp(gateway, Realm.Internal, $"{Me}:4000", $"{You}:53"));
    }

    [Fact]
    public void Allocates_nothing_for_a_session()
    {
        using Gateway gateway = Ruled.Gateway(
            "-A POSTROUTING -o wan0 -p udp -m multiport --dports 53,80 -j SNAT --to-source 203.0.113.1:2000-60000",
            "-A FORWARD -m limit --limit 1/hour -j LOG\n" + NewFromInside);
        PacketFacts[] packets = new PacketFacts[1000];
        Verdict[] verdicts = new Verdict[1000];
        for (int index = 0; index < packets.Length; index++)
        {
            byte[] frame = Frames.Udp($"100.64.1.{index % 250}:{4000 + index}", $"{You}:53");
            Assert.Equal(DropReason.None, PacketParser.Parse(frame, out packets[index]));
        }

        gateway.Translator.Translate(packets.AsSpan(0, 500), Realm.Internal, gateway.Now, verdicts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        gateway.Translator.Translate(packets, Realm.Internal, gateway.Now, verdicts);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(verdicts, verdict => Assert.Equal(VerdictKind.Forward, verdict.Kind));
        Assert.Equal(1000, gateway.Translator.SessionCount);
    }

    private static DropReason Tcp(Gateway gateway, Realm ingress, string source, string destination, TcpFlags flags)
        => gateway.Send(Frames.Tcp(source, destination, flags), ingress).Verdict.Reason;

    private static DropReason Udp(Gateway gateway, Realm ingress, string source, string destination, int payload = 4)
        => gateway.Send(Frames.Udp(source, destination, payload), ingress).Verdict.Reason;
}
