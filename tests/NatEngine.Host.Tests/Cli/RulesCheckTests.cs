using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Cli;

namespace NatEngine.Host.Tests.Cli;

/// <summary><c>natengine rules check</c>: what it prints, and its exit code.</summary>
public sealed class RulesCheckTests
{
    private const string Usable = """
        *nat
        -A POSTROUTING -s 100.64.0.0/16 -o wan0 -j SNAT --to-source 203.0.113.1
        COMMIT
        *filter
        :FORWARD DROP [0:0]
        :web - [0:0]
        -A FORWARD -m state --state ESTABLISHED,RELATED -j ACCEPT
        -A FORWARD -p tcp -m multiport --dports 80,443 -j web
        -A web -i lan0 -j ACCEPT
        -A web -i lan0 -j LOG
        COMMIT

        """;

    [Fact]
    public async Task A_file_that_can_be_used_is_summed_up_chain_by_chain()
    {
        (int exitCode, string[] lines, string error) = await CheckAsync(Usable);

        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.Contains("filter FORWARD policy DROP 2 rules ACCEPT 1, to web 1", lines);
        Assert.Contains("filter web 2 rules ACCEPT 1, LOG 1", lines);
        Assert.Contains("nat POSTROUTING policy ACCEPT 1 rule SNAT 1", lines);
        Assert.Equal("the rules can be used: 0 errors, 1 warnings", lines[^1]);
    }

    [Fact] // more than one fault at a time, each with its place
    public async Task Each_fault_is_named_with_file_line_column_and_word()
    {
        (int exitCode, string[] lines, _) = await CheckAsync(
            Usable.Replace("-A web -i lan0 -j LOG", "-A web --tcp-option 5 -j LOG", StringComparison.Ordinal)
                .Replace("203.0.113.1", "203.0.113.300", StringComparison.Ordinal));

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, line => line.Contains(":2:61: 203.0.113.300: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(":10:8: --tcp-option: ", StringComparison.Ordinal));
        Assert.StartsWith("the rules cannot be used: 2 errors, ", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.1", 1)]
    [InlineData("203.0.113.2", 2)]
    public async Task An_address_that_the_gateway_does_not_have_is_warned_of(string own, int warnings)
    {
        (int exitCode, string[] lines, _) = await CheckAsync(Usable, own);

        Assert.Equal(0, exitCode);
        Assert.Equal($"the rules can be used: 0 errors, {warnings} warnings", lines[^1]);
    }

    [Fact]
    public async Task Without_a_file_or_with_an_address_that_is_none_it_is_bad_input()
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Assert.Equal(
            2, await RulesCommand.CheckAsync("/nonexistent/rules", null, output, error, CancellationToken.None));
        Assert.Contains("/nonexistent/rules", error.ToString(), StringComparison.Ordinal);

        (int exitCode, string[] lines, string complaint) = await CheckAsync(Usable, "203.0.113.256");
        Assert.Equal(2, exitCode);
        Assert.Equal([string.Empty], lines);
        Assert.Equal("--external-address: address '203.0.113.256': an IPv4 address\n", complaint);
    }

    // Columns are for the eye: what stands in them is compared.
    private static async Task<(int ExitCode, string[] Lines, string Error)> CheckAsync(
        string rules, params string[] addresses)
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("rules.v4");
        await File.WriteAllTextAsync(file, rules);
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await RulesCommand.CheckAsync(file, addresses, output, error, CancellationToken.None);
        string[] lines =
        [
            .. output.ToString().TrimEnd('\n').Split('\n')
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
        ];
        return (exitCode, lines, error.ToString());
    }
}
