using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Policy;
using NatEngine.Packets;
using NatEngine.Rules;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine rules check|show|reload|add</c>: the first works on a file, whether or not a gateway runs, the
/// others on the rules of one that does.</summary>
internal static class RulesCommand
{
    private const string Changed = "changed";

    internal static Command Create()
    {
        Command rules = new("rules", "Look at the rules of a gateway: iptables-save text.");
        rules.Subcommands.Add(Check());
        rules.Subcommands.Add(Show());
        rules.Subcommands.Add(Reload());
        rules.Subcommands.Add(Add());
        return rules;
    }

    private static Command Show()
    {
        Command show = new("show", "Print the rules of a running gateway as iptables-save does.");
        Option<bool> counters = new("-c", "--counters") { Description = "Print what each rule has counted, too." };
        show.Options.Add(counters);
        GatewayQuestion.Ask(show, parsed => Request("rules show", (parsed.GetValue(counters), RulesControl.Counters)));
        return show;
    }

    private static Command Reload()
    {
        Command reload = new(
            "reload",
            "Read the rules file of a running gateway again. Sessions and the counters of rules that stay live on; if "
            + "anything is wrong with the file, nothing changes.");
        Option<bool> dryRun = DryRun();
        Option<string> kill = Kill();
        reload.Options.Add(dryRun);
        reload.Options.Add(kill);
        GatewayQuestion.Ask(reload, parsed => Request(
            "rules reload",
            (parsed.GetValue(dryRun), RulesControl.DryRun),
            (parsed.GetValue(kill) == Changed, RulesControl.KillChanged)));
        return reload;
    }

    private static Command Add()
    {
        Command add = new(
            "add",
            "Change the rules of a running gateway by a command of iptables: -A, -I, -D, -R, -F, -Z, -N, "
            + "-X, -P or -E.");
        Argument<string> command = new("COMMAND")
        {
            Description = "In quotes: \"-t nat -A POSTROUTING -s 100.64.0.0/16 -o eth0 -j MASQUERADE\".",
        };
        Option<bool> dryRun = DryRun();
        Option<string> kill = Kill();
        Option<bool> save = new("--save")
        {
            Description = "Write all rules to the rules file, too; comments in it are lost. Default: the next reload "
                + "brings the file's rules back.",
        };
        add.Arguments.Add(command);
        add.Options.Add(dryRun);
        add.Options.Add(kill);
        add.Options.Add(save);
        GatewayQuestion.Ask(add, parsed => Request(
            "rules add " + Uri.EscapeDataString(parsed.GetValue(command)!),
            (parsed.GetValue(dryRun), RulesControl.DryRun),
            (parsed.GetValue(kill) == Changed, RulesControl.KillChanged),
            (parsed.GetValue(save), RulesControl.Save)));
        return add;
    }

    private static Option<bool> DryRun() => new("--dry-run")
    {
        Description = "Change nothing: print which rules would change, and which sessions could not be opened as they "
            + "are, by the rule that refuses them or translates them otherwise.",
    };

    private static Option<string> Kill()
    {
        Option<string> kill = new("--kill")
        {
            Description = "changed: end the sessions that the dry run lists; none: let them live.",
            HelpName = "changed|none",
            DefaultValueFactory = _ => "none",
        };
        return kill.AcceptOnlyFromAmong(Changed, "none");
    }

    private static string Request(string request, params (bool IsChosen, string Word)[] options)
        => string.Join(' ', [request, .. options.Where(option => option.IsChosen).Select(option => option.Word)]);

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
