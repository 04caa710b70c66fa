using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using NatEngine.Host.Conntrack;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine sessions delete</c>, with the options of <c>conntrack -D</c>.</summary>
internal sealed class DeleteCommand
{
    private readonly List<(SessionCondition Condition, Option<string> Option)> _conditions = [];

    internal DeleteCommand()
    {
        Command = new Command(
            "delete",
            "End the sessions that meet all conditions, as `conntrack -D` does: shows them, and how many there were. "
            + "Exit code 1 if there were none. Traffic that goes on opens new ones where that is allowed.");
        foreach (SessionCondition condition in SessionConditions.All)
        {
            Option<string> option = new($"--{condition.Name}", condition.Aliases)
            {
                Description = condition.Description,
                HelpName = condition.HelpName,
            };
            option.Validators.Add(result => Validate(result, condition));
            Command.Options.Add(option);
            _conditions.Add((condition, option));
        }

        Command.Validators.Add(RequireOne);
    }

    /// <summary>The command.</summary>
    internal Command Command { get; }

    /// <summary>The request that a command line asks for.</summary>
    internal string Request(ParseResult parsed) => string.Join(
        ' ',
        _conditions
            .Where(each => parsed.GetValue(each.Option) is not null)
            .Select(each => $"{each.Condition.Name}={parsed.GetValue(each.Option)}")
            .Prepend("sessions delete"));

    private static void Validate(OptionResult result, SessionCondition condition)
    {
        // Without a token the parser complains itself.
        foreach (Token token in result.Tokens.Where(token => condition.Read(token.Value) is null))
        {
            result.AddError($"{result.IdentifierToken?.Value} '{token.Value}': must be {condition.Rule}");
        }
    }

    private void RequireOne(CommandResult result)
    {
        if (_conditions.TrueForAll(each => result.GetResult(each.Option) is null))
        {
            result.AddError("which sessions? Give at least one condition, or end all with 'natengine sessions flush'");
        }
    }
}
