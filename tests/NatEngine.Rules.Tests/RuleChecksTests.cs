using System.Globalization;
using System.Linq;
using System.Text;
using NatEngine.Packets;

namespace NatEngine.Rules.Tests;

public sealed class RuleChecksTests
{
    [Theory]
    [InlineData("-A FORWARD -p tcp -m tcp --dport 80 -m multiport --dports 443,444", 2, "multiport")]
    [InlineData("-A FORWARD -s 100.64.0.0/16 -m iprange --src-range 198.51.100.1-198.51.100.9", 2, "iprange")]
    [InlineData("-A FORWARD -m state --state NEW -m conntrack --ctstate ESTABLISHED,RELATED", 2, "conntrack")]
    [InlineData("-A FORWARD ! -s 0.0.0.0/0", 2, "-s")]
    [InlineData("-A FORWARD ! -i +", 2, "-i")]
    [InlineData("-A FORWARD -p tcp --tcp-flags SYN SYN,ACK", 2, "tcp")]
    [InlineData("-A FORWARD -m ttl --ttl-lt 5 -m ttl --ttl-gt 9", 2, "ttl")]
    [InlineData("-A FORWARD -m length --length 0:99 -m length ! --length :200", 2, "length")]
    public void A_rule_that_contradicts_itself_is_found(string line, int lineNumber, string word)
    {
        Finding finding = Assert.Single(Warnings("*filter", line));

        Assert.Equal((lineNumber, word), (finding.Word.Line, finding.Word.Text));
        Assert.StartsWith("no packet fits this rule", finding.Message);
    }

    [Theory]
    [InlineData("-A FORWARD -s 100.64.0.0/16 -j DROP", "-A FORWARD -s 100.64.7.0/24 -p tcp -j ACCEPT")]
    [InlineData("-A FORWARD -p tcp --dport 1:1000 -j DROP", "-A FORWARD -p tcp --dport 80 -j ACCEPT")]
    [InlineData("-A FORWARD -p tcp -m multiport --dports 80,443 -j DROP", "-A FORWARD -p tcp --dport 443 -j ACCEPT")]
    [InlineData("-A FORWARD -i eth+ -j DROP", "-A FORWARD -i eth0 -o eth1 -j ACCEPT")]
    [InlineData("-A FORWARD -m mac --mac-source 02:00:00:00:00:01 -j DROP",
        "-A FORWARD -p tcp -m mac --mac-source 02:00:00:00:00:01 -j ACCEPT")]
    [InlineData("-A FORWARD -m state --state NEW,RELATED -j DROP", "-A FORWARD -m conntrack --ctstate NEW -j ACCEPT")]
    public void A_rule_that_an_earlier_one_covers_is_found(string earlier, string later)
    {
        Finding finding = Assert.Single(Warnings("*filter", earlier, "-A FORWARD -i lo -o lo -f -j LOG", later)
, found => found.Word.Line == 4);

        Assert.Equal("no packet comes to this rule: the one of line 2 takes all that fit it", finding.Message);
    }

    [Fact]
    public void A_rule_that_only_the_kernel_could_follow_is_found_before_it_is_refused()
    {
        Finding finding = Assert.Single(Warnings(
            "*nat", ":local - [0:0]", "-A PREROUTING -p tcp -j local",
            "-A local -p tcp --dport 80 -j REDIRECT --to-ports 3128"));

        Assert.Equal((4, "REDIRECT"), (finding.Word.Line, finding.Word.Text));
        Assert.StartsWith("natengine run refuses this", finding.Message);
    }

    [Fact]
    public void What_follows_a_rule_for_every_packet_is_found_once()
        => Assert.Equal(
            [3],
            Warnings("*filter", "-A FORWARD -j ACCEPT", "-A FORWARD -m limit -j DROP", "-A FORWARD -i eth0 -j DROP")
                .Select(found => found.Word.Line));

    [Theory] // An earlier rule that leaves some packets, and one that does not decide.
    [InlineData("-A FORWARD -s 100.64.7.0/24 -j DROP", "-A FORWARD -s 100.64.0.0/16 -j ACCEPT")]
    [InlineData("-A FORWARD -p tcp -j DROP", "-A FORWARD ! -p tcp -j ACCEPT")]
    [InlineData("-A FORWARD -p tcp --syn -j DROP", "-A FORWARD -p tcp -j ACCEPT")]
    [InlineData("-A FORWARD -m limit -j ACCEPT", "-A FORWARD -m limit -j DROP")]
    [InlineData("-A FORWARD -m statistic --mode nth --every 2 -j ACCEPT", "-A FORWARD -j DROP")]
    [InlineData("-A FORWARD -j LOG", "-A FORWARD -j DROP")]
    [InlineData("-A FORWARD -s 100.64.0.0/16", "-A FORWARD -s 100.64.0.0/16 -j DROP")]
    [InlineData("-A FORWARD ! -i eth0 -j DROP", "-A FORWARD -i eth0 -j DROP")]
    [InlineData("-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT", "-A FORWARD -m conntrack --ctstate NEW -j DROP")]
    public void A_rule_that_some_packets_come_to_is_not(string earlier, string later)
        => Assert.Empty(Warnings("*filter", earlier, later));

    [Theory]
    [InlineData("-j DNAT --to-destination 100.64.0.10:80", "-A FORWARD -d 100.64.0.11 -j ACCEPT", true)]
    [InlineData("-j DNAT --to-destination 100.64.0.10:80",
        "-A FORWARD -p tcp -d 203.0.113.1 --dport 8080 -j ACCEPT", true)]
    [InlineData("-j DNAT --to-destination 100.64.0.10:80", "-A FORWARD -m state --state ESTABLISHED -j ACCEPT", true)]
    [InlineData("-j DNAT --to-destination 100.64.0.10:80",
        "-A FORWARD -p tcp -d 100.64.0.10 --dport 80 -j ACCEPT", false)]
    [InlineData("-j DNAT --to-destination 100.64.0.10", "-A FORWARD -s 100.64.0.0/16 -j ACCEPT", true)]
    [InlineData("-j DNAT --to-destination 100.64.0.10", "-A FORWARD -o eth0 -j ACCEPT", true)]
    [InlineData("-i eth0 -j DNAT --to-destination 100.64.0.10", "-A FORWARD -i eth1 -j ACCEPT", true)]
    [InlineData("-i eth0 -j DNAT --to-destination 100.64.0.10", "-A FORWARD -i eth+ -j ACCEPT", false)]
    [InlineData("-j DNAT --to-destination 100.64.0.10", "-A FORWARD -o eth1 -j ACCEPT", false)]
    [InlineData("-j DNAT --to-destination 100.64.0.10", "-A FORWARD -p tcp --dport 8080 -j ACCEPT", false)]
    [InlineData("-j DNAT --to-destination 100.64.0.10:80", "-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT", false)]
    public void A_published_server_needs_a_rule_in_FORWARD(string target, string forward, bool isWarned)
    {
        RuleReading reading = RuleFile.Read(
            $"*nat\n-A PREROUTING -p tcp -d 203.0.113.1 --dport 8080 {target}\n"
            + "-A POSTROUTING -o eth0 -j MASQUERADE\nCOMMIT\n"
            + $"*filter\n:FORWARD DROP\n{forward}\nCOMMIT\n",
            "rules.v4");
        Assert.Empty(reading.Findings);

        Assert.Equal(isWarned, RuleChecks.Check(reading.Rules, "rules.v4").Any(found => found.Word.Text == "DNAT"));
    }

    [Fact]
    public void A_chain_that_nothing_jumps_to_is_found_where_it_is_declared()
        => Assert.Equal(
            "rules.v4:2:2: warning: web: no rule jumps to this chain", Warnings("*filter", ":web -")[0].ToString());

    [Fact]
    public void An_interface_that_is_not_known_yet_is_found_in_a_chain_of_the_users()
    {
        Finding finding = Assert.Single(Warnings("*nat", ":web -", "-A PREROUTING -j web", "-A web -o eth0 -j ACCEPT"));

        Assert.Equal("rules.v4:4:8: warning: -o: no packet fits this rule: it is reached from PREROUTING only",
            finding.ToString());
    }

    [Theory]
    [InlineData("203.0.113.1", false)]
    [InlineData("203.0.113.1-203.0.113.2", false)]
    [InlineData("203.0.113.2-203.0.113.3", true)]
    [InlineData("198.51.100.1", true)]
    public void An_address_that_the_gateway_does_not_have_is_found(string to, bool isWarned)
    {
        RuleSet rules = RuleFile.Read($"*nat\n-A POSTROUTING -j SNAT --to-source {to}\nCOMMIT\n", "f").Rules;
        IPv4Address[] owned = [IPv4Address.Parse("203.0.113.1"), IPv4Address.Parse("203.0.113.2")];

        Assert.Equal(isWarned, RuleChecks.Check(rules, "f", owned).Any(found => found.Word.Text == "SNAT"));
    }

    [Fact] // The last one is covered by the first, with all the others between.
    public void Ten_thousand_rules_are_compared_by_their_bits_and_not_each_with_each()
    {
        StringBuilder text = new("*filter\n-A FORWARD -s 100.64.0.0/24 -j DROP\n");
        for (int i = 256; i < 10_256; i++)
        {
            string source = $"100.64.{i >> 8}.{i & 255}";
            text.Append(CultureInfo.InvariantCulture, $"-A FORWARD -s {source} -p tcp --dport 80 -j ACCEPT\n");
        }

        text.Append("-A FORWARD -s 100.64.0.9 -p tcp -j ACCEPT\nCOMMIT\n");
        RuleSet rules = RuleFile.Read(text.ToString(), "f").Rules;

        Assert.Equal(10_003, Assert.Single(RuleChecks.Check(rules, "f")).Word.Line);
    }

    private static Finding[] Warnings(params string[] lines)
    {
        RuleReading reading = RuleFile.Read(string.Join('\n', lines) + "\nCOMMIT\n", "rules.v4");
        Assert.Empty(reading.Findings);
        return [.. RuleChecks.Check(reading.Rules, "rules.v4")];
    }
}
