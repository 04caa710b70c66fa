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
        Command guard = new(
            "guard", "Look at or remove the programs or nft tables that keep the kernel off the engine's packets.");
        guard.Subcommands.Add(Verb("show", "Print the guard with its counters.", ShowAsync));
        guard.Subcommands.Add(Verb(
            "remove",
            "Remove the guard that an engine left behind when it died. While an engine runs, this lets the kernel "
            + "answer and forward its packets.",
            RemoveAsync));
        return guard;
    }

    private static Command Verb(
        string name, string description, Func<IReadOnlyList<InstalledGuard>, CancellationToken, Task<int>> action)
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
                return await action(
                    await FindAsync([.. named], cancellation).ConfigureAwait(false), cancellation)
                    .ConfigureAwait(false);
            }
            catch (GuardException error)
            {
                await Console.Error.WriteLineAsync($"natengine: {error.Message}").ConfigureAwait(false);
                return ExitCode.Failure;
            }
        });
        return verb;
    }

    // Programs are found without nft; that it is missing matters to whoever has none of them.
    private static async Task<IReadOnlyList<InstalledGuard>> FindAsync(
        string[] interfaces, CancellationToken cancellation)
    {
        IReadOnlyList<InstalledGuard> programs = await new BpfGuard().FindAsync(interfaces, cancellation)
            .ConfigureAwait(false);
        try
        {
            NftGuard tables = new(Nft.Find());
            return [.. programs, .. await tables.FindAsync(interfaces, cancellation).ConfigureAwait(false)];
        }
        catch (GuardException) when (programs.Count > 0)
        {
            return programs;
        }
    }

    private static async Task<int> ShowAsync(IReadOnlyList<InstalledGuard> found, CancellationToken cancellation)
    {
        if (found.Count == 0)
        {
            await Console.Error.WriteLineAsync("natengine: no guard is installed").ConfigureAwait(false);
            return ExitCode.Failure;
        }

        foreach (InstalledGuard one in found)
        {
            string text = await one.Guard.ShowAsync(one, cancellation).ConfigureAwait(false);
            await Console.Out.WriteAsync(text).ConfigureAwait(false);
        }

        return ExitCode.Success;
    }

    private static async Task<int> RemoveAsync(IReadOnlyList<InstalledGuard> found, CancellationToken cancellation)
    {
        foreach (InstalledGuard one in found)
        {
            await one.Guard.RemoveAsync(one, cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"removed {one.Title}").ConfigureAwait(false);
        }

        return ExitCode.Success;
    }
}
