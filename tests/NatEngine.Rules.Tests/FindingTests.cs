using System.Linq;

namespace NatEngine.Rules.Tests;

public sealed class FindingTests
{
    [Theory]
    [InlineData("-A FORWARD -p tcp --tcp-option 5 -j DROP",
        "rules.v4:2:19: --tcp-option: not supported: natengine does not look at TCP options")]
    [InlineData("-A FORWARD -m owner --uid-owner root -j DROP",
        "rules.v4:2:15: owner: not supported: packets that go through have no local process or socket")]
    [InlineData("-A FORWARD -m nosuch ! --word 5 -j DROP",
        "rules.v4:2:15: nosuch: not supported: natengine does not know this match")]
    [InlineData("-A FORWARD -j TCPMSS --clamp-mss-to-pmtu",
        "rules.v4:2:15: TCPMSS: not supported: natengine does not change that field of packets")]
    [InlineData("-A FORWARD --dport 80 -j ACCEPT",
        "rules.v4:2:12: --dport: is an option of -m tcp, which has to come before it")]
    [InlineData("-A FORWARD -p tcp --dport 65536",
        "rules.v4:2:27: 65536: is not a port: a number from 0 to 65535 or the name of a service")]
    [InlineData("-A FORWARD -p tcp --dport 90:80", "rules.v4:2:27: 90:80: is a range that ends before it begins")]
    [InlineData("-A FORWARD -p tcp --dport 80 --dport 81",
        "rules.v4:2:30: --dport: only one --dport is allowed in a rule")]
    [InlineData("-A FORWARD -m tcp --dport 80", "rules.v4:2:15: tcp: needs -p tcp")]
    [InlineData("-A FORWARD ! -p tcp -m multiport --ports 80",
        "rules.v4:2:24: multiport: needs -p tcp or -p udp or -p udplite or -p sctp or -p dccp")]
    [InlineData("-A FORWARD -s gateway.example",
        "rules.v4:2:15: gateway.example: is not an IPv4 address (names are not looked up)")]
    [InlineData("-A FORWARD -j nosuch",
        "rules.v4:2:15: nosuch: there is no such chain in table filter, and no such target")]
    [InlineData("-A FORWARD -j OUTPUT", "rules.v4:2:15: OUTPUT: is a built-in chain: nothing jumps there")]
    [InlineData("-A nosuch -j ACCEPT", "rules.v4:2:4: nosuch: there is no such chain in table filter")]
    [InlineData("-A FORWARD -j MASQUERADE", "rules.v4:2:15: MASQUERADE: stands in table nat only")]
    [InlineData("-A FORWARD -j ACCEPT -j DROP", "rules.v4:2:25: DROP: a rule has one target only")]
    [InlineData("-A FORWARD -j ACCEPT extra", "rules.v4:2:22: extra: is not an option")]
    [InlineData("-A FORWARD -m mark", "rules.v4:2:15: mark: the option --mark must be given")]
    [InlineData("-A FORWARD -m mark --mark", "rules.v4:2:20: --mark: needs a value")]
    [InlineData("-A FORWARD -j LOG --log-prefix \"open", "rules.v4:2:32: open: the quote is not closed")]
    [InlineData("-A FORWARD -j REJECT --reject-with tcp-reset", "rules.v4:2:36: tcp-reset: needs -p tcp")]
    [InlineData("-A FORWARD ! -s 100.64.0.1,100.64.0.2",
        "rules.v4:2:17: 100.64.0.1,100.64.0.2: '!' is not allowed before several addresses")]
    [InlineData("-t nat -A POSTROUTING -j ACCEPT",
        "rules.v4:2:4: nat: a rules file has no -t: the line '*table' says which table it is")]
    public void Each_fault_is_reported_at_its_word(string line, string finding)
        => Assert.Equal([finding], Findings($"*filter\n{line}\nCOMMIT\n"));

    [Theory]
    [InlineData("-A PREROUTING -j DROP",
        "rules.v4:2:18: DROP: table nat does not filter: drop in table filter, chain FORWARD")]
    [InlineData("-A PREROUTING -o eth0 -j ACCEPT",
        "rules.v4:2:15: -o: -o has no meaning in PREROUTING: the route is not known yet, or leads here")]
    [InlineData("-A POSTROUTING -i eth1 -j ACCEPT", "rules.v4:2:16: -i: -i has no meaning in POSTROUTING")]
    [InlineData("-A PREROUTING -j SNAT --to-source 203.0.113.1",
        "rules.v4:2:18: SNAT: stands in POSTROUTING, INPUT only, and is reached from PREROUTING")]
    [InlineData("-A POSTROUTING -j SNAT --to-source 203.0.113.1:1024-2000",
        "rules.v4:2:36: 203.0.113.1:1024-2000: needs -p tcp or -p udp or -p sctp or -p icmp or -p dccp")]
    [InlineData("-A PREROUTING -p tcp -j DNAT --to 100.64.0.9-100.64.0.5",
        "rules.v4:2:35: 100.64.0.9-100.64.0.5: is a range that ends before it begins")]
    [InlineData(":PREROUTING DROP [0:0]",
        "rules.v4:2:2: PREROUTING: table nat does not filter: its policies are ACCEPT")]
    [InlineData(":web ACCEPT", "rules.v4:2:6: ACCEPT: a chain that is not built in has no policy: '-'")]
    [InlineData(":SNAT -", "rules.v4:2:2: SNAT: is the name of a target, and cannot be a chain's")]
    public void So_are_those_of_table_nat(string line, string finding)
        => Assert.Equal([finding], Findings($"*nat\n{line}\nCOMMIT\n"));

    [Fact]
    public void All_faults_of_a_file_are_reported_and_not_only_the_first()
        => Assert.Equal(
            [
                "rules.v4:1:1: stray: stands outside of a table: '*nat' or '*filter' begins one",
                "rules.v4:3:15: time: not supported: load other rules at that time, with rules reload",
                "rules.v4:3:68: tos: not supported: natengine does not have it",
                "rules.v4:4:15: 1.2.3: is not an IPv4 address (names are not looked up)",
                "rules.v4:4:29: nosuch: is not the name or number of a protocol",
                "rules.v4:6:2: nats: is not a table: raw, mangle, nat, filter, security",
                "rules.v4:6:2: nats: the table has no COMMIT",
            ],
            Findings("""
                stray
                *filter
                -A FORWARD -m time --timestart 08:00 --timestop 17:00 -j ACCEPT -m tos --tos 16
                -A FORWARD -s 1.2.3 -i x -p nosuch -j ACCEPT
                COMMIT
                *nats
                """));

    [Fact]
    public void What_is_not_supported_is_kept_word_by_word_where_natengine_does_not_ask()
    {
        const string Text = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :INPUT ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            COMMIT
            *filter
            :INPUT DROP [7:8]
            :FORWARD ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :strangers - [0:0]
            [1:2] -A INPUT -m recent --name "bad ones" --rcheck --seconds 60 -j DROP
            [0:0] -A INPUT -p tcp -m tcp --dport 22 -j strangers
            [0:0] -A strangers -m recent --set -j ACCEPT
            COMMIT

            """;

        RuleReading reading = RuleFile.Read(Text, "rules.v4");

        Assert.True(reading.IsUsable);
        Assert.Equal([(8, "INPUT"), (12, "recent"), (14, "recent")],
            reading.Findings.Select(finding => (finding.Word.Line, finding.Word.Text)));
        Assert.All(reading.Findings, finding => Assert.Equal(FindingSeverity.Note, finding.Severity));
        Assert.Equal(Text, RuleText.Of(reading.Rules));
    }

    [Fact]
    public void The_same_is_an_error_when_a_jump_from_FORWARD_leads_there()
    {
        RuleReading reading = RuleFile.Read("""
            *filter
            :strangers - [0:0]
            -A FORWARD -j strangers
            -A strangers -m recent --set -j ACCEPT
            COMMIT
            """, "rules.v4");

        Assert.False(reading.IsUsable);
        Assert.Equal("recent", Assert.Single(reading.Findings).Word.Text);
    }

    [Fact]
    public void Tables_that_natengine_does_not_have_are_refused_unless_they_are_empty()
    {
        const string Empty = "*mangle\n:PREROUTING ACCEPT [1:2]\nCOMMIT\n*raw\nCOMMIT\n*security\nCOMMIT\n";

        Assert.Empty(RuleFile.Read(Empty, "rules.v4").Findings);
        Assert.Contains("*mangle\n:PREROUTING ACCEPT [1:2]\n", RuleText.Of(RuleFile.Read(Empty, "f").Rules));
        Assert.Equal(
            [
                "rules.v4:2:1: -A: not supported: table mangle has rules (1), and natengine does not change packets "
                    + "otherwise than translating them",
            ],
            Findings("*mangle\n-A FORWARD -j MARK --set-mark 1\nCOMMIT\n"));
    }

    [Fact]
    public void Circles_of_jumps_are_refused_however_long()
        => Assert.Equal(
            ["rules.v4:7:10: a: jumps in a circle: this chain can be reached from itself"],
            Findings("*filter\n:a -\n:b -\n:c -\n-A a -j b\n-A b -j c\n-A c -g  a\n-A FORWARD -j a\nCOMMIT\n"));

    private static string[] Findings(string text)
        => [.. RuleFile.Read(text, "rules.v4").Findings.Select(finding => finding.ToString())];
}
