using System;
using System.Linq;
using System.Text.Json;
using NatEngine.Lab;

namespace NatEngine.Host.Tests.Processes;

/// <summary><c>natengine explain</c> as the operator sees it, beside the packets themselves.</summary>
public sealed class ExplainTests
{
    private const string Host = "100.64.0.10";

    private const string Rules = """
        *nat
        -A PREROUTING -i EXT -p tcp -m tcp --dport 80 -j DNAT --to-destination 100.64.0.10:8080
        -A POSTROUTING -o EXT -j MASQUERADE
        COMMIT
        *filter
        :FORWARD DROP [0:0]
        :LAN - [0:0]
        -A FORWARD -m state --state ESTABLISHED,RELATED -j ACCEPT
        -A FORWARD -s 100.64.0.0/16 -j LAN
        -A LAN -s 100.64.1.0/24 -j DROP
        -A LAN -p icmp -j ACCEPT
        COMMIT
        """;

    private static readonly string Remote = NatTopology.RemoteAddress.ToString();

    [RootFact]
    public void Tells_beforehand_what_then_happens()
    {
        using NatTopology net = NatTopology.Create("why");
        using Engine engine = new(net);
        using TemporaryFile rules = new(
            Rules.Replace("EXT", NatTopology.ExternalInterface, StringComparison.Ordinal) + "\n");
        using RunningProgram running = engine.Run("--rules", rules.Path);

        string ping = engine.Ask("explain", "icmp", Host, Remote, "77").EnsureSuccess().Output;
        Assert.Contains($"forwarded by wan0 as icmp 203.0.113.1 -> {Remote} id 77, as soon as", ping);
        Assert.Contains("no   -A LAN -s 100.64.1.0/24 -j DROP   (line 10)\n", ping);
        Assert.Contains("     -s 100.64.1.0/24: source is 100.64.0.10\n", ping);
        Assert.Contains("203.0.113.1:77, of pool default: its own identifier, which is free", ping);
        Assert.DoesNotContain("[1:", engine.Ask("rules", "show", "-c").Output); // nobody was counted
        net.Inside[0].Host.Run("ping", ["-c", "1", "-e", "77", Remote]).EnsureSuccess();

        string again = engine.Ask("explain", "icmp", Host, Remote, "77").EnsureSuccess().Output;
        Assert.Contains("session    number 1, answered", again);
        Assert.Contains("packets 1, octets 84\n", again);
        Assert.Contains("mapping    203.0.113.1:77 is 100.64.0.10:77's", again);
        Assert.Contains("Reachable at", again);

        string web = engine.Ask("explain", "tcp", $"{Remote}:5", "203.0.113.1:80").EnsureSuccess().Output;
        Assert.Contains($"rules      filter FORWARD, of tcp {Remote}:5 -> 100.64.0.10:8080\n", web);
        Assert.Contains("yes  -P FORWARD DROP\nverdict    dropped, RuleDropped: ", web);
    }

    [RootFact]
    public void Tells_what_was_dropped_and_why_it_would_be_again()
    {
        using NatTopology net = NatTopology.Create("whynot");
        using Engine engine = new(net);
        using RunningProgram running = engine.Run();
        ProgramResult never = engine.Ask("explain", "--drops", "nomapping");
        Assert.Equal(
            (1, "natengine: NoMapping: no packet has been dropped for it"), (never.ExitCode, never.Error.TrimEnd()));

        string target = $"/dev/udp/{NatTopology.ExternalAddress}/7777";
        net.Remote.Run("bash", ["-c", $"echo x > {target}; echo xy > {target}"]).EnsureSuccess();
        string text = WaitForDrops(engine, count: 2);
        Assert.Contains("from wan0", text, StringComparison.Ordinal);
        Assert.Contains("\nverdict    dropped, NoMapping: from outside, to an external address", text);

        JsonElement json = JsonDocument.Parse(
            engine.Ask("explain", "--drops", "NoMapping", "--all", "-o", "json").EnsureSuccess().Output).RootElement;
        Assert.Equal(2, json.GetProperty("count").GetInt32());
        Assert.Equal(
            ["dropped", "dropped"],
            json.GetProperty("last").EnumerateArray()
                .Select(one => one.GetProperty("now").GetProperty("verdict").GetString()));
    }

    private static string WaitForDrops(Engine engine, int count)
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            ProgramResult drops = engine.Ask("explain", "--drops", "NoMapping");
            if (drops.Output.Contains($" {count} packets;", StringComparison.Ordinal))
            {
                return drops.Output;
            }
        }

        Assert.Fail("They are not counted.");
        return "";
    }
}
