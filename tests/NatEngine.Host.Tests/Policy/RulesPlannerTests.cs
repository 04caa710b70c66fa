using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NatEngine.Host.Guarding;
using NatEngine.Host.Policy;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Translation.Policy;
using PortRange = NatEngine.Translation.PortRange;

namespace NatEngine.Host.Tests.Policy;

/// <summary>What a rules file becomes in a gateway that shares 203.0.113.1 with its host.</summary>
public sealed class RulesPlannerTests : IDisposable
{
    private static readonly IPv4Address Shared = IPv4Address.Parse("203.0.113.1");

    private static readonly RuleSurroundings Surroundings = new()
    {
        InternalInterface = "lan0",
        ExternalInterface = "wan0",
        ExternalAddresses = [Shared],
        Ports = new PortRange(1024, 65535),
    };

    private static readonly GuardPlan Bare = new(
        "lan0", "wan0", [], [], Shared, [new PortRange(1024, 32767)], [new PortRange(1024, 32767)]);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 100.64.0.9", "80-80", "")]
    [InlineData("-A PREROUTING -i lan0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 100.64.0.9", "", "")]
    [InlineData("-A PREROUTING -d 198.51.100.1 -p tcp -m tcp --dport 80 -j DNAT --to-destination 100.64.0.9", "", "")]
    [InlineData("-A PREROUTING -p udp -m multiport --dports 53,500:501 -j DNAT --to-destination 100.64.0.9",
        "", "53-53, 500-501")]
    [InlineData(":web - [0:0]\n-A PREROUTING -p tcp -m tcp --dport 443 -j web\n"
        + "-A web -j DNAT --to-destination 100.64.0.9", "443-443", "")]
    [InlineData("-A PREROUTING -p tcp -m tcp ! --dport 22:1023 -j DNAT --to-destination 100.64.0.9",
        "0-21, 32768-65535", "")]
    [InlineData("-A POSTROUTING -o wan0 -j MASQUERADE", "", "")]
    public void Keeps_the_ports_that_rules_translate_from_the_kernel_and_no_others(string nat, string tcp, string udp)
    {
        GuardPlan guard = RulesPlanner.With(Bare, ProgramOf($"*nat\n{nat}\nCOMMIT\n"));

        Assert.Equal(tcp, Added(guard.TcpPorts));
        Assert.Equal(udp, Added(guard.UdpPorts));
    }

    [Fact]
    public void Names_line_column_and_word_of_what_cannot_be_had_here()
    {
        string path = Write("*nat\n-A POSTROUTING -j SNAT --to-source 198.51.100.9\nCOMMIT\n");
        RuleLoader loader = new(path, Surroundings);

        RuleLoading loading = loader.Compile(loader.Read(), path);

        Assert.Null(loading.Program);
        Assert.StartsWith($"{path}:2:", Assert.Single(loading.Findings).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7/32")]
    [InlineData("  198.51.100.0/24 # all of it", "198.51.100.0/24")]
    [InlineData("198.51.100.5-198.51.100.9", "198.51.100.5/32, 198.51.100.6/31, 198.51.100.8/31")]
    [InlineData("0.0.0.0-255.255.255.255", "0.0.0.0/0")]
    [InlineData("# nobody", "")]
    public void Reads_a_list_of_addresses_prefixes_and_ranges(string line, string expected)
    {
        File.WriteAllText(_directory.File("who.set"), line + "\n");

        RuleProgram program = ProgramOf("*filter\n-A FORWARD -m set --match-set who src -j DROP\nCOMMIT\n");

        Assert.Equal(expected, string.Join(", ", program.Surroundings.Sets["who"]));
    }

    [Theory]
    [InlineData("198.51.100.1/24")]
    [InlineData("198.51.100.9-198.51.100.5")]
    [InlineData("example.org")]
    public void Refuses_a_list_with_something_else_in_it(string line)
    {
        File.WriteAllText(_directory.File("who.set"), $"198.51.100.7\n {line}\n");
        string path = Write("*filter\n-A FORWARD -m set --match-set who src -j DROP\nCOMMIT\n");
        RuleLoader loader = new(path, Surroundings);

        Finding found = Assert.Single(loader.Compile(loader.Read(), path).Findings);

        Assert.StartsWith($"{_directory.File("who.set")}:2:2: {line}: ", found.ToString(), StringComparison.Ordinal);
    }

    private static string Added(IReadOnlyList<PortRange> ports)
    {
        bool[] has = new bool[65_536];
        foreach (PortRange range in ports)
        {
            has.AsSpan(range.First, range.Count).Fill(true);
        }

        has.AsSpan(1024, 32767 - 1024 + 1).Clear();
        List<PortRange> added = [];
        for (int port = 0; port < has.Length; port++)
        {
            if (has[port] && added.Count > 0 && added[^1].Last == port - 1)
            {
                added[^1] = new PortRange(added[^1].First, (ushort)port);
            }
            else if (has[port])
            {
                added.Add(new PortRange((ushort)port, (ushort)port));
            }
        }

        return string.Join(", ", added.Select(range => range.ToString()));
    }

    private RuleProgram ProgramOf(string text)
    {
        string path = Write(text);
        RuleLoader loader = new(path, Surroundings);
        RuleLoading loading = loader.Compile(loader.Read(), path);
        Assert.DoesNotContain(loading.Findings, finding => finding.Severity == FindingSeverity.Error);
        return loading.Program!;
    }

    private string Write(string text)
    {
        string path = _directory.File("rules.v4");
        File.WriteAllText(path, text);
        return path;
    }
}
