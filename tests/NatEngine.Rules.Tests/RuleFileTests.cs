using System.Linq;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Tests;

public sealed class RuleFileTests
{
    [Fact]
    public void What_iptables_saved_is_written_again_as_it_was()
    {
        RuleReading reading = RuleFile.Read(RealRules.Saved, "rules.v4");

        Assert.Empty(reading.Findings);
        Assert.Equal(WithoutComments(RealRules.Saved), RuleText.Of(reading.Rules));
    }

    [Fact]
    public void Both_quotes_and_the_counters_of_a_rule_are_read()
    {
        Rule rule = OnlyRule("[12:3400] -A FORWARD -m comment --comment \"it's \\\"quoted\\\"\" -j ACCEPT");

        Assert.Equal(new RuleCounters(12, 3400), rule.Counters);
        Assert.Equal("it's \"quoted\"", rule.Comment);
        Assert.Equal(new VerdictTarget(Verdict.Accept), rule.Target);
    }

    [Fact]
    public void Listed_addresses_are_as_many_rules_as_there_are_pairs()
    {
        RuleReading reading = Filter("-A FORWARD -s 100.64.0.1,100.64.0.2 -d 198.51.100.1,198.51.100.2 -j DROP");

        Assert.Empty(reading.Findings);
        Assert.Equal(
            [
                "-s 100.64.0.1/32 -d 198.51.100.1/32 -j DROP", "-s 100.64.0.1/32 -d 198.51.100.2/32 -j DROP",
                "-s 100.64.0.2/32 -d 198.51.100.1/32 -j DROP", "-s 100.64.0.2/32 -d 198.51.100.2/32 -j DROP",
            ],
            reading.Rules.Filter.Find("FORWARD")!.Rules.Select(rule => rule.ToString()));
    }

    // Each with what iptables-save makes of it.
    [Theory]
    [InlineData("-p 6 --dport ! ssh -j DROP", "-p tcp -m tcp ! --dport 22 -j DROP")]
    [InlineData("-p tcp --syn --destination-port=http", "-p tcp -m tcp --dport 80 --tcp-flags FIN,SYN,RST,ACK SYN")]
    [InlineData("-ptcp -m tcp --sport :1023 -jDROP", "-p tcp -m tcp --sport 0:1023 -j DROP")]
    [InlineData("--src 10.1/16 --in-interface eth0 -p all -j ACCEPT", "-s 10.1.0.0/16 -i eth0 -j ACCEPT")]
    [InlineData("-s 0/0 -d 0.0.0.0/0 -i + -j ACCEPT", "-j ACCEPT")]
    [InlineData("-p icmp --icmp-type echo-req -j REJECT --reject-with host-prohib",
        "-p icmp -m icmp --icmp-type 8 -j REJECT --reject-with icmp-host-prohibited")]
    [InlineData("-m limit --limit 7/minute", "-m limit --limit 7/min")]
    [InlineData("-m connlimit ! --connlimit-upto 4",
        "-m connlimit --connlimit-above 4 --connlimit-mask 32 --connlimit-saddr")]
    [InlineData("-m state ! --state established,new", "-m state ! --state NEW,ESTABLISHED")]
    [InlineData("-m statistic --mode nth --every 3", "-m statistic --mode nth --every 3 --packet 0")]
    [InlineData("-m set --match-set blocked src -j DROP", "-m set --match-set blocked src -j DROP")]
    [InlineData("-j MARK --or-mark 0x10", "-j MARK --set-xmark 0x10/0x10")]
    [InlineData("-m ttl --ttl 64 -j LOG --log-level warn --log-prefix x:",
        "-m ttl --ttl-eq 64 -j LOG --log-prefix \"x:\"")]
    public void What_people_write_is_what_iptables_saves(string written, string saved)
        => Assert.Equal(saved, OnlyRule("-A FORWARD " + written).ToString());

    private static Rule OnlyRule(string line)
    {
        RuleReading reading = Filter(line);
        Assert.Empty(reading.Findings);
        return Assert.Single(reading.Rules.Filter.Find("FORWARD")!.Rules);
    }

    private static RuleReading Filter(string line) => RuleFile.Read($"*filter\n{line}\nCOMMIT\n", "rules.v4");

    private static string WithoutComments(string text)
        => string.Concat(text.Split('\n').Where(line => !line.StartsWith('#')).Select(line => line + "\n"));

}
