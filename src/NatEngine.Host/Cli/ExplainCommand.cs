using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using NatEngine.Host.Explaining;
using NatEngine.Packets;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine explain</c>: asks a running gateway what would become of a packet, and why.</summary>
internal sealed class ExplainCommand
{
    private readonly Argument<string[]> _packet = new("PACKET")
    {
        Description = "tcp or udp and two ADDRESS:PORT; icmp (an echo request), two addresses and an identifier if it "
            + "matters; or another protocol and two addresses.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _ingress = new("--in")
    {
        Description = "The interface that it comes in by. Default: where the packets of its session come in, or where "
            + "its source is.",
        HelpName = "IF",
    };

    private readonly Option<string> _drops = new("--drops")
    {
        Description = "Instead of a packet that might come: list the last that were dropped for a reason, and explain "
            + "the newest with the state of now.",
        HelpName = "REASON",
    };

    private readonly Option<bool> _all = new("--all") { Description = "Explain each of them." };

    private readonly Option<string> _format = new("-o", "--output")
    {
        Description = "text or json.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "text",
    };

    private ExplainCommand()
    {
    }

    internal static Command Create()
    {
        ExplainCommand explain = new();
        explain._format.AcceptOnlyFromAmong("text", "json");
        Command command = new(
            "explain",
            "Tell the whole way of a packet through the gateway as it is now: interface, session, rules in the order "
            + "in which they are asked and why each applies or not, mapping, filtering, port and why that one, route, "
            + "verdict. Nothing changes by it: no counter, limit, port or log.")
        {
            explain._packet, explain._ingress, explain._drops, explain._all, explain._format,
        };
        command.Validators.Add(explain.Validate);
        GatewayQuestion.Ask(command, explain.Request);
        return command;
    }

    private void Validate(CommandResult result)
    {
        string[] words = result.GetValue(_packet) ?? [];
        if (result.GetValue(_drops) is not string reason)
        {
            if (result.GetValue(_all))
            {
                result.AddError("--all is of --drops REASON");
            }
            else if (!PacketWords.TryRead(words, out _, out string? fault))
            {
                result.AddError(fault);
            }
            else if (result.GetValue(_ingress) is string name && name.Any(char.IsWhiteSpace))
            {
                result.AddError($"--in '{name}': must be the name of an interface");
            }

            return;
        }

        if (words.Length > 0 || result.GetValue(_ingress) is not null)
        {
            result.AddError("either a packet or --drops REASON: what was dropped is known, and where it came in");
        }
        else if (!ReasonWords.TryRead(reason, out _))
        {
            IEnumerable<DropReason> nearest = ReasonWords.Nearest(reason);
            result.AddError($"--drops '{reason}': must be a reason to drop, such as {string.Join(", ", nearest)}");
        }
    }

    private string Request(ParseResult parsed)
    {
        string format = parsed.GetValue(_format)!;
        if (parsed.GetValue(_drops) is string word && ReasonWords.TryRead(word, out DropReason reason))
        {
            return $"explain drops {reason} {(parsed.GetValue(_all) ? "all" : "newest")} {format}";
        }

        _ = PacketWords.TryRead(parsed.GetValue(_packet)!, out FlowTuple tuple, out _);
        string protocol = ((byte)tuple.Protocol).ToString(CultureInfo.InvariantCulture);
        return $"explain packet {protocol} {tuple.Source} {tuple.Destination} {format} {parsed.GetValue(_ingress)}"
            .TrimEnd();
    }
}
