using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Rules.Reading;

/// <summary>The options that are iptables' own, not a match's or target's: those of rules, and the commands.</summary>
internal static class CoreOptions
{
    internal const string Source = "-s";
    internal const string Destination = "-d";
    internal const string In = "-i";
    internal const string Out = "-o";
    internal const string Protocol = "-p";
    internal const string Fragment = "-f";
    internal const string Match = "-m";
    internal const string Jump = "-j";
    internal const string Goto = "-g";
    internal const string Counters = "-c";
    internal const string Table = "-t";

    internal static IReadOnlyList<OptionGrammar> OfRules { get; } =
    [
        new(Source) { Aliases = ["--source", "--src"], IsNegatable = true },
        new(Destination) { Aliases = ["--destination", "--dst"], IsNegatable = true },
        new(In) { Aliases = ["--in-interface"], IsNegatable = true },
        new(Out) { Aliases = ["--out-interface"], IsNegatable = true },
        new(Protocol) { Aliases = ["--protocol", "--proto"], IsNegatable = true },
        new(Fragment) { Aliases = ["--fragments"], Values = 0, IsNegatable = true },
        new(Match) { Aliases = ["--match"] },
        new(Jump) { Aliases = ["--jump"] },
        new(Goto) { Aliases = ["--goto"] },
        new(Counters) { Aliases = ["--set-counters"], Values = 2 },
        new(Table) { Aliases = ["--table"] },
    ];

    /// <summary>The commands. Their first value, a chain, is taken with them; what may follow that, afterwards.
    /// </summary>
    internal static IReadOnlyList<(OptionGrammar Option, CommandKind Kind)> Commands { get; } =
    [
        (new("-A") { Aliases = ["--append"] }, CommandKind.Append),
        (new("-I") { Aliases = ["--insert"] }, CommandKind.Insert),
        (new("-D") { Aliases = ["--delete"] }, CommandKind.Delete),
        (new("-R") { Aliases = ["--replace"] }, CommandKind.Replace),
        (new("-N") { Aliases = ["--new-chain"] }, CommandKind.NewChain),
        (new("-P") { Aliases = ["--policy"], Values = 2 }, CommandKind.Policy),
        (new("-E") { Aliases = ["--rename-chain"], Values = 2 }, CommandKind.RenameChain),
        (new("-F") { Aliases = ["--flush"], Values = 0 }, CommandKind.Flush),
        (new("-X") { Aliases = ["--delete-chain"], Values = 0 }, CommandKind.DeleteChain),
        (new("-Z") { Aliases = ["--zero"], Values = 0 }, CommandKind.Zero),
    ];

    /// <summary>Options that are known, and mean something only to the program iptables.</summary>
    internal static IReadOnlyList<OptionGrammar> WithoutMeaning { get; } =
    [
        new("-v") { Aliases = ["--verbose"], Values = 0 }, new("-n") { Aliases = ["--numeric"], Values = 0 },
        new("-4") { Aliases = ["--ipv4"], Values = 0 }, new("-w") { Aliases = ["--wait"], Values = 0 },
        new("--line-numbers") { Values = 0 }, new("--modprobe"),
        new("-L") { Aliases = ["--list"], Values = 0, Refusal = "natengine rules show lists the rules" },
        new("-S") { Aliases = ["--list-rules"], Values = 0, Refusal = "natengine rules show lists the rules" },
        new("-C") { Aliases = ["--check"], Values = 0, Refusal = "natengine rules show lists the rules" },
        new("-6") { Aliases = ["--ipv6"], Values = 0, Refusal = "natengine translates IPv4" },
    ];

    internal static IReadOnlyList<OptionGrammar> All { get; } =
        [.. OfRules, .. Commands.Select(command => command.Option), .. WithoutMeaning];

    internal static CommandKind? CommandOf(OptionGrammar option)
    {
        foreach ((OptionGrammar known, CommandKind kind) in Commands)
        {
            if (ReferenceEquals(known, option))
            {
                return kind;
            }
        }

        return null;
    }

    internal static bool IsWithoutMeaning(OptionGrammar option) => WithoutMeaning.Contains(option);
}
