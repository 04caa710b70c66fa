using System;
using System.IO;
using System.Net;
using NatEngine.EndToEnd.Tests.Harness;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests;

/// <summary>Rules that are shown and changed while packets pass.</summary>
public sealed class RuleChangeTests
{
    private const string Masquerade = "-A POSTROUTING -o wan0 -j MASQUERADE";

    private const string InsideOpens =
        ":FORWARD DROP [0:0]\n"
        + "-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n"
        + "-A FORWARD -i lan0 -m conntrack --ctstate NEW -j ACCEPT";

    private static readonly string Url = $"http://{NatTopology.RemoteAddress}";

    [RootFact]
    public void A_download_survives_any_number_of_reloads()
    {
        const long Length = 40_000_000;
        using RuledGateway gateway = RuledGateway.Start(Masquerade, InsideOpens);
        using WebServer server = WebServer.Start(gateway.Remote, NatTopology.RemoteAddress, 80);
        using RunningProgram download = gateway.Client.Host.Start(
            "bash",
            ["-c", $"set -o pipefail; curl -sSf --limit-rate 20M --max-time 110 {Url}/7/{Length} | sha256sum"]);

        int reloads = 0;
        do
        {
            gateway.Write(Masquerade, $"{InsideOpens}\n-A FORWARD -p udp --dport {1000 + reloads} -j ACCEPT");
            gateway.Rules("reload").EnsureSuccess();
            reloads++;
        }
        while (!download.HasExited);

        Assert.Equal(Content.Hash(7, Length), Programs.HashOf(download));

        // The same rule let it open before and after, and has counted on.
        Assert.Matches(
            @"\n\[1:60\] -A FORWARD -i lan0 -m conntrack --ctstate NEW -j ACCEPT\n",
            gateway.Rules("show", "-c").EnsureSuccess().Output);
    }

    [RootFact]
    public void What_is_shown_loads_again_and_is_the_same()
    {
        using RuledGateway gateway = RuledGateway.Start(
            $"-A PREROUTING -i wan0 -p udp -m udp --dport 5060 -j DNAT --to-destination 100.64.0.10\n{Masquerade}",
            $":log - [0:0]\n{InsideOpens}\n-A FORWARD -d 100.64.0.10 -p udp -m udp --dport 5060 -j ACCEPT\n"
            + "-A FORWARD -j log\n-A log -m limit --limit 5/min -j LOG --log-prefix \"two  words: \"\n"
            + "-A INPUT -i lan0 -p tcp -m recent --update -j ACCEPT");
        Programs.Ping(gateway.Client.Host, NatTopology.RemoteAddress, 2);
        string shown = gateway.Rules("show", "--counters").EnsureSuccess().Output;

        File.WriteAllText(gateway.RulesPath, shown);
        gateway.Rules("reload").EnsureSuccess();

        Assert.Equal(shown, gateway.Rules("show", "--counters").EnsureSuccess().Output);
        Assert.Contains("[1:84] -A FORWARD -i lan0 ", shown, StringComparison.Ordinal);
        Assert.Contains("-m recent --update", shown, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_file_with_an_error_changes_nothing()
    {
        using RuledGateway gateway = RuledGateway.Start(Masquerade, InsideOpens);
        string before = gateway.Rules("show").EnsureSuccess().Output;

        gateway.Write(Masquerade, "-A FORWARD -j ACCEPT\n-A FORWARD -p tcp --tcp-option 5 -j DROP");
        ProgramResult refused = gateway.Rules("reload");
        ProgramResult typed = gateway.Rules("add", "-t nat -A POSTROUTING -j SNAT --to-source 198.51.100.99");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"{gateway.RulesPath}:6:", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, typed.ExitCode);
        Assert.Contains("command:1:", typed.Error, StringComparison.Ordinal);
        Assert.Equal(before, gateway.Rules("show").EnsureSuccess().Output);
    }

    [RootFact]
    public void A_dry_run_lists_whom_the_new_rules_would_refuse_and_a_reload_may_end_them()
    {
        using RuledGateway gateway = RuledGateway.Start(Masquerade, InsideOpens);
        Assert.Equal(1, Programs.Ping(gateway.Client.Host, NatTopology.RemoteAddress, 1));
        Assert.Equal(1, Programs.Ping(gateway.Client.Host, IPAddress.Parse("198.51.100.7"), 1));
        gateway.Write(
            Masquerade, InsideOpens.Replace("-i lan0", "-i lan0 -d 198.51.100.0/24", StringComparison.Ordinal));

        string dry = gateway.Rules("reload", "--dry-run").EnsureSuccess().Output;
        Assert.Contains("refused: -t filter -P FORWARD DROP: 1 flow entries\nicmp ", dry, StringComparison.Ordinal);
        Assert.Contains("src=100.64.0.10 dst=203.0.113.10 ", dry, StringComparison.Ordinal);
        Assert.DoesNotContain("dst=198.51.100.7", dry, StringComparison.Ordinal);
        Assert.Equal(2, gateway.Engine.SessionCount());

        ProgramResult reloaded = gateway.Rules("reload", "--kill", "changed").EnsureSuccess();
        Assert.Contains("1 flow entries have been deleted", reloaded.Error, StringComparison.Ordinal);
        Assert.Equal(1, gateway.Engine.SessionCount());
        Programs.PingInVain(gateway.Client.Host, NatTopology.RemoteAddress);
    }

    [RootFact]
    public void A_list_beside_the_rules_is_read_again_with_them()
    {
        using RuledGateway gateway = RuledGateway.Start(Masquerade, filter: "");
        gateway.Write(Masquerade, "-A FORWARD -m set --match-set blocked dst -j DROP");

        ProgramResult without = gateway.Rules("reload");
        File.WriteAllText(gateway.PathOf("blocked.set"), "203.0.113.300 # typo\n");
        ProgramResult wrong = gateway.Rules("reload");
        File.WriteAllText(gateway.PathOf("blocked.set"), "# who is not to be reached\n198.51.100.5-198.51.100.9\n");
        gateway.Rules("reload").EnsureSuccess();

        Assert.Equal((1, 1), (without.ExitCode, wrong.ExitCode));
        Assert.Contains("list blocked: ", without.Error, StringComparison.Ordinal);
        Assert.Contains("blocked.set:1:1: 203.0.113.300: ", wrong.Error, StringComparison.Ordinal);
        Programs.PingInVain(gateway.Client.Host, IPAddress.Parse("198.51.100.7"));
        Assert.Equal(1, Programs.Ping(gateway.Client.Host, IPAddress.Parse("198.51.100.10"), 1));
    }

    [RootFact]
    public void What_is_saved_is_there_after_a_reload_and_what_is_not_is_gone()
    {
        using RuledGateway gateway = RuledGateway.Start(Masquerade, InsideOpens);
        gateway.Rules("add", "iptables -A FORWARD -p udp -m udp --dport 53 -j ACCEPT", "--save").EnsureSuccess();
        gateway.Rules("add", "iptables -A FORWARD -p udp -m udp --dport 123 -j ACCEPT").EnsureSuccess();

        gateway.Rules("reload").EnsureSuccess();

        string shown = gateway.Rules("show").EnsureSuccess().Output;
        Assert.Contains("--dport 53 ", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("--dport 123 ", shown, StringComparison.Ordinal);
    }

    [RootFact]
    public void Rules_that_cannot_be_saved_are_not_changed_either()
    {
        using RuledGateway gateway = RuledGateway.Start(Masquerade, InsideOpens);
        string file = File.ReadAllText(gateway.RulesPath);
        string asked = gateway.Rules("show").EnsureSuccess().Output;

        // What is written beside the file finds no place.
        Directory.CreateDirectory(gateway.RulesPath + ".new");
        ProgramResult refused = gateway.Rules("add", "-A FORWARD -p udp -j DROP", "--save");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("rules.v4.new", refused.Error, StringComparison.Ordinal);
        Assert.Equal(asked, gateway.Rules("show").EnsureSuccess().Output);
        Assert.Equal(file, File.ReadAllText(gateway.RulesPath));

        Directory.Delete(gateway.RulesPath + ".new");
        gateway.Rules("add", "-A FORWARD -p udp -j DROP", "--save").EnsureSuccess();
        string changed = gateway.Rules("show").EnsureSuccess().Output;
        Assert.Contains("-A FORWARD -p udp -j DROP", changed, StringComparison.Ordinal);
        Assert.Contains("-A FORWARD -p udp -j DROP", File.ReadAllText(gateway.RulesPath), StringComparison.Ordinal);
        gateway.Rules("reload").EnsureSuccess();
        Assert.Equal(changed, gateway.Rules("show").EnsureSuccess().Output);
    }
}
