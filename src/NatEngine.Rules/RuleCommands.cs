using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Checking;
using NatEngine.Rules.Reading;

namespace NatEngine.Rules;

/// <summary>Changes rules by commands as people type them: <c>iptables -t nat -A POSTROUTING -j MASQUERADE</c>.
/// </summary>
public static class RuleCommands
{
    private static readonly string[] Programs =
        ["iptables", "iptables-nft", "iptables-legacy", "/sbin/iptables", "/usr/sbin/iptables"];

    /// <summary>Does what a command says, with the effect that it has with iptables.</summary>
    /// <param name="rules">The rules before.</param>
    /// <param name="line">The command, with or without the word <c>iptables</c>. Without <c>-t</c> it is about table
    /// filter.</param>
    /// <param name="source">What findings call it.</param>
    /// <returns>The rules after it; the same as before if there is an error.</returns>
    public static RuleReading Apply(RuleSet rules, string line, string source = "command")
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(line);
        FindingLog log = new(source);
        List<Word> words = WordSplitter.Split(line, 1, 0, isTyped: true, log);
        if (words.Count > 0 && words[0].Text == "sudo")
        {
            words.RemoveAt(0);
        }

        if (words.Count > 0 && Programs.Contains(words[0].Text))
        {
            words.RemoveAt(0);
        }

        RuleSet changed = rules;
        if (CommandReader.Read(words, 1, default, log) is { } command)
        {
            changed = Applied(rules, command, log);
        }

        if (log.ErrorCount == 0)
        {
            CheckWhatIsNew(rules, changed, log);
        }

        return new RuleReading(log.ErrorCount == 0 ? changed : rules, log.Findings);
    }

    // What was to be said of the rules before has been said.
    private static void CheckWhatIsNew(RuleSet before, RuleSet after, FindingLog log)
    {
        FindingLog known = new(log.File);
        FindingLog all = new(log.File);
        Structure.Check(before, known);
        Structure.Check(after, all);
        foreach (Finding finding in all.Findings.Except(known.Findings))
        {
            log.Add(finding);
        }
    }

    private static RuleSet Applied(RuleSet rules, RuleCommand command, FindingLog log)
    {
        Word name = command.Table ?? new Word(TableName.Filter, command.Word.Line, command.Word.Column);
        if (TableName.BuiltInChains(name.Text).Count == 0)
        {
            log.Error(name, $"is not a table: {string.Join(", ", TableName.All)}");
            return rules;
        }

        TableUnderConstruction table = new(rules.Find(name.Text) ?? RuleTable.Empty(name.Text));
        new RuleEdit(table, log).Apply(command);
        IEnumerable<RuleTable> tables =
            from known in TableName.All
            let found = known == name.Text ? table.ToTable() : rules.Find(known)
            where found is not null
            select found;
        return new RuleSet([.. tables]);
    }
}
