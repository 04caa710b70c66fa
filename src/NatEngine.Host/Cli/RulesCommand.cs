using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Packets;
using NatEngine.Rules;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine rules check</c>: works on a file, whether or not a gateway runs.</summary>
internal static class RulesCommand
{
    internal static Command Create()
    {
        Command rules = new("rules", "Look at the rules of a gateway: iptables-save text.");
        rules.Subcommands.Add(Check());
        return rules;
    }

    private static Command Check()
    {
        Command check = new(
            "check",
            "Print what of a rules file is understood, what is refused and why, and what its author should look at "
            + "again. Exit code 0 if the rules can be used, 1 if not, 2 if there is no such file.");
        Argument<string> file = new("FILE") { Description = "What iptables-save wrote, or `natengine rules show`." };
        Option<string[]> addresses = new("--external-address")
        {
            Description = "An address that the gateway can translate to; may be repeated. SNAT to others is warned of.",
            HelpName = "A",
        };
        check.Arguments.Add(file);
        check.Options.Add(addresses);
        check.SetAction((parsed, cancellation) => CheckAsync(
            parsed.GetValue(file)!, parsed.GetValue(addresses), Console.Out, Console.Error, cancellation));
        return check;
    }

    internal static async Task<int> CheckAsync(
        string file, string[]? addresses, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        List<IPv4Address> owned = [];
        foreach (string text in addresses ?? [])
        {
            if (!IPv4Address.TryParse(text, out IPv4Address address))
            {
                await error.WriteLineAsync($"--external-address: address '{text}': an IPv4 address")
                    .ConfigureAwait(false);
                return ExitCode.BadInput;
            }

            owned.Add(address);
        }

        string rules;
        try
        {
            rules = await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"natengine: {fault.Message}").ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        RuleReading reading = RuleFile.Read(rules, file);
        IReadOnlyList<Finding> warnings = reading.IsUsable
            ? RuleChecks.Check(reading.Rules, file, owned.Count > 0 ? owned : null)
            : [];
        await output.WriteAsync(RulesSummary.Of(reading.Rules)).ConfigureAwait(false);
        foreach (Finding finding in reading.Findings.Concat(warnings))
        {
            await output.WriteLineAsync(finding.ToString()).ConfigureAwait(false);
        }

        await output.WriteLineAsync(RulesSummary.Verdict([.. reading.Findings, .. warnings])).ConfigureAwait(false);
        return reading.IsUsable ? ExitCode.Success : ExitCode.Failure;
    }
}
