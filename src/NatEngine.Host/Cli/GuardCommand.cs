using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Host.Guarding;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine guard show|remove</c>: works on the kernel, whether or not a gateway runs.</summary>
internal static class GuardCommand
{
    internal static Command Create()
    {
        Command guard = new("guard", "Look at or remove the nft tables that keep the kernel off the engine's packets.");
        guard.Subcommands.Add(Verb("show", "Print the guard with its counters.", ShowAsync));
        guard.Subcommands.Add(Verb(
            "remove",
            "Remove the guard that an engine left behind when it died. While an engine runs, this lets the kernel "
            + "answer and forward its packets.",
            RemoveAsync));
        return guard;
    }

    private static Command Verb(
        string name, string description, Func<Guard, IReadOnlyList<string>, CancellationToken, Task<int>> action)
    {
        Command verb = new(name, description);
        Argument<string[]> interfaces = new("IF")
        {
            Description = "The interfaces. Default: all that have a guard.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> sides = new("--internal", "--external")
        {
            Description = "The same, as given to `run`.",
            HelpName = "IF",
        };
        verb.Arguments.Add(interfaces);
        verb.Options.Add(sides);
        verb.SetAction(async (parsed, cancellation) =>
        {
            IEnumerable<string> named = (parsed.GetValue(interfaces) ?? []).Concat(parsed.GetValue(sides) ?? []);
            try
            {
                Guard guard = new(Nft.Find());
                IReadOnlyList<string> tables = await guard.ListTablesAsync(cancellation).ConfigureAwait(false);
                return await action(guard, Select(tables, [.. named]), cancellation).ConfigureAwait(false);
            }
            catch (NftException error)
            {
                await Console.Error.WriteLineAsync($"natengine: {error.Message}").ConfigureAwait(false);
                return ExitCode.Failure;
            }
        });
        return verb;
    }

    private static List<string> Select(IReadOnlyList<string> tables, List<string> interfaces)
        => interfaces.Count == 0
            ? [.. tables]
            : [.. interfaces.Select(GuardTable.NameOf).Intersect(tables)];

    private static async Task<int> ShowAsync(
        Guard guard, IReadOnlyList<string> tables, CancellationToken cancellation)
    {
        if (tables.Count == 0)
        {
            await Console.Error.WriteLineAsync("natengine: no guard is installed").ConfigureAwait(false);
            return ExitCode.Failure;
        }

        string text = await guard.ShowAsync(tables, cancellation).ConfigureAwait(false);
        await Console.Out.WriteAsync(text).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static async Task<int> RemoveAsync(
        Guard guard, IReadOnlyList<string> tables, CancellationToken cancellation)
    {
        await guard.RemoveTablesAsync(tables, cancellation).ConfigureAwait(false);
        foreach (string table in tables)
        {
            await Console.Out.WriteLineAsync($"removed table netdev {table}").ConfigureAwait(false);
        }

        return ExitCode.Success;
    }
}
