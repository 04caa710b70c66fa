using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Threading.Tasks;

namespace NatEngine.Host.Cli;

/// <summary>The command line: <c>natengine run|sessions|ports|explain|stats|guard|rules|selftest</c>.</summary>
internal static class NatEngineCommand
{
    private static readonly string[] SessionFormats = ["default", "extended", "id"];

    /// <summary>Does what a command line says.</summary>
    /// <returns>The exit code, of <see cref="ExitCode"/>.</returns>
    internal static async Task<int> InvokeAsync(string[] arguments)
    {
        RootCommand root = new("NatEngine, a NAT gateway in user space.");
        root.Subcommands.Add(Run());
        root.Subcommands.Add(Sessions());
        root.Subcommands.Add(PortsCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        root.Subcommands.Add(Stats());
        root.Subcommands.Add(GuardCommand.Create());
        root.Subcommands.Add(RulesCommand.Create());
        root.Subcommands.Add(SelftestCommand.Create());
        foreach (VersionOption version in root.Options.OfType<VersionOption>())
        {
            version.Action = new VersionAction();
        }

        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"natengine: {error.Message}").ConfigureAwait(false);
            }

            string command = string.Join(' ', Names(parsed.CommandResult));
            await Console.Error.WriteLineAsync($"Try '{command} --help'.").ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        // Signals are the host's while the gateway runs; elsewhere the default, to die of them, is right.
        InvocationConfiguration configuration = new() { ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }

    private static Command Run()
    {
        Command command = new("run", "Run the gateway in the foreground until SIGTERM or SIGINT.");
        RunOptions options = new(command);
        command.SetAction(parsed => RunCommand.InvokeAsync(options.ConfigPath(parsed), options.Values(parsed)));
        return command;
    }

    private static Command Sessions()
    {
        Command sessions = new("sessions", "Look at the sessions of a running gateway, and end them.");
        Command list = new("list", "List sessions in the text format of `conntrack -L`.");
        Option<string> format = new("-o", "--output")
        {
            Description = "default, extended (with the network protocol) or id (with each session's number).",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => SessionFormats[0],
        };
        format.AcceptOnlyFromAmong(SessionFormats);
        list.Options.Add(format);
        GatewayQuestion.Ask(list, parsed => $"sessions list {parsed.GetValue(format)}");
        Command count = new("count", "Print how many sessions there are.");
        GatewayQuestion.Ask(count, _ => "sessions count");
        Command flush = new("flush", "End all sessions. Traffic that goes on opens new ones where that is allowed.");
        GatewayQuestion.Ask(flush, _ => "sessions flush");
        DeleteCommand delete = new();
        GatewayQuestion.Ask(delete.Command, delete.Request);
        sessions.Subcommands.Add(list);
        sessions.Subcommands.Add(count);
        sessions.Subcommands.Add(delete.Command);
        sessions.Subcommands.Add(flush);
        return sessions;
    }

    private static Command Stats()
    {
        Command stats = new("stats", "Print what a running gateway counted: packets, sessions, drops by reason.");
        Option<string> format = new("-o", "--output")
        {
            Description = "text or json.",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json");
        stats.Options.Add(format);
        GatewayQuestion.Ask(stats, parsed => $"stats {parsed.GetValue(format)}");
        return stats;
    }

    // The words that led to a command: natengine, sessions, list.
    private static List<string> Names(CommandResult command)
    {
        List<string> names = [];
        for (SymbolResult? result = command; result is CommandResult ancestor; result = result.Parent)
        {
            names.Insert(0, result.Parent is null ? "natengine" : ancestor.Command.Name);
        }

        return names;
    }
}
