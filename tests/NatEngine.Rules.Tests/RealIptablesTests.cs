using System;
using System.Linq;
using System.Threading.Tasks;
using NatEngine.Tests;

namespace NatEngine.Rules.Tests;

/// <summary>The judge is the program itself: what it saves after a command is what we make of the command.</summary>
public sealed class RealIptablesTests
{
    private static readonly string[] Commands =
    [
        "-t nat -A POSTROUTING -s 100.64.0.0/16 -o eth0 -j MASQUERADE",
        "-t nat -A POSTROUTING -p tcp -j SNAT --to 203.0.113.1-203.0.113.5:1000-2000 --random --persistent",
        "-t nat -I POSTROUTING -p udp --dport domain -j ACCEPT",
        "-t nat -A PREROUTING -p tcp --dport 80:180 -j DNAT --to 100.64.0.5:8000-8100/80",
        "-t nat -A PREROUTING -p tcp --syn -d 203.0.113.1 --dport http -j DNAT --to-destination 100.64.0.10",
        "-t nat -A PREROUTING -p udp --dport 53 -j REDIRECT --to-port 5353",
        "-t nat -A PREROUTING -d 203.0.113.0/24 -j NETMAP --to 100.64.1.0/24",
        "-N web",
        "-A FORWARD -m state --state ESTABLISHED,RELATED -j ACCEPT",
        "-A FORWARD -s 100.64.0.1,100.64.0.2 -d 198.51.100.0/255.255.255.0 -i eth+ ! -o lo -j ACCEPT",
        "-A FORWARD -p tcp -m multiport --dports http,https,8000:8100 -j web",
        "-A web -m conntrack --ctstate NEW,DNAT ! --ctproto udp --ctorigdstport 80 --ctdir ORIGINAL -j RETURN",
        "-A web -m limit --limit 7/minute --limit-burst 9 -j LOG --log-prefix 'web: ' --log-level info",
        "-A web -m comment --comment \"it's \\\"here\\\"\" -j REJECT",
        "-A FORWARD -p icmp --icmp-type echo-request -m length --length :1000 -j ACCEPT",
        "-A FORWARD -p icmp ! --icmp-type 3/1 -j REJECT --reject-with host-prohib",
        "-A FORWARD -p tcp --tcp-flags ALL NONE -j REJECT --reject-with tcp-reset",
        "-A FORWARD -p tcp -m connlimit --connlimit-above 20 --connlimit-mask 24 -j DROP",
        "-A FORWARD -m statistic --mode random --probability 0.3 -j MARK --set-mark 5",
        "-A FORWARD -m statistic --mode nth --every 3 --packet 1 -m mark --mark 5/7 -j DROP",
        "-A FORWARD -m iprange --src-range 100.64.0.9-100.64.0.12 -m ttl --ttl-gt 5 -j web",
        "-A FORWARD -m mac --mac-source 02:00:00:AA:bb:01 -p gre -g web",
        "-A FORWARD -f -j DROP",
        "-D FORWARD -f -j DROP",
        "-R FORWARD 2 -s 100.64.0.3 -j ACCEPT",
        "-I FORWARD 2 -p sctp --dport 80 -j ACCEPT",
        "-E web site",
        "-P FORWARD DROP",
        "-A INPUT -p tcp --dport 22 -j ACCEPT",
    ];

    [RootFact]
    public async Task A_command_that_is_typed_does_what_it_does_to_iptables()
    {
        string script = string.Concat(Commands.Select(command => $"iptables {command}\n"));
        string saved = await RealIptables.RunAsync(script + "iptables-save");
        RuleSet ours = RuleSet.Empty;
        foreach (string command in Commands)
        {
            RuleReading applied = RuleCommands.Apply(ours, command);
            Assert.True(applied.IsUsable, string.Join('\n', applied.Findings));
            ours = applied.Rules;
        }

        Assert.Equal(Lines(saved), Lines(RuleText.Of(ours, withCounters: false)));
    }

    [RootFact]
    public async Task What_is_written_here_is_what_iptables_saves_after_restoring_it()
    {
        string written = RuleText.Of(RuleFile.Read(RealRules.Saved, "f").Rules);

        string saved = await RealIptables.RunAsync("iptables-restore --counters && iptables-save --counters", written);

        Assert.Equal(Lines(written), Lines(saved));
        Assert.Equal(Lines(written), Lines(RuleText.Of(RuleFile.Read(saved, "f").Rules)));
    }

    // Without comments, which have the time, and each table by itself: which comes first is not the text's to say.
    private static string[] Lines(string text)
        => [.. text.Split("COMMIT").OrderBy(table => table.Contains("*nat", StringComparison.Ordinal))
            .SelectMany(table => table.Split('\n'))
            .Where(line => line.Length > 0 && line[0] != '#')];
}
