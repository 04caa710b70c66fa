using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.Rules.Checking;
using NatEngine.Rules.Reading;

namespace NatEngine.Rules;

/// <summary>Reads what iptables-save wrote, or what was written by hand for iptables-restore.</summary>
public sealed class RuleFile
{
    private readonly FindingLog _log;
    private readonly Dictionary<string, TableUnderConstruction> _tables = [];
    private TableUnderConstruction? _table;
    private Word _tableWord;

    private RuleFile(string file) => _log = new FindingLog(file);

    /// <summary>Reads a text. The rules are those that the kernel would have after <c>iptables-restore</c>; what it
    /// would refuse is an error, and so is what natengine does not support.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="file">What findings call it.</param>
    public static RuleReading Read(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        RuleFile reader = new(file);
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            reader.ReadLine(line.ToString(), ++number);
        }

        if (reader._table is not null)
        {
            reader._log.Error(reader._tableWord, "the table has no COMMIT");
        }

        RuleSet rules = reader.ToRuleSet();
        Structure.Check(rules, reader._log);
        return new RuleReading(rules, [.. reader._log.Findings.OrderBy(f => f.Word.Line).ThenBy(f => f.Word.Column)]);
    }

    private RuleSet ToRuleSet()
    {
        List<RuleTable> tables = [];
        foreach (string name in TableName.All)
        {
            if (_tables.TryGetValue(name, out TableUnderConstruction? table))
            {
                tables.Add(table.ToTable());
            }
            else if (name is TableName.Nat or TableName.Filter)
            {
                tables.Add(RuleTable.Empty(name));
            }
        }

        return new RuleSet([.. tables]);
    }

    private void ReadLine(string line, int number)
    {
        string content = line.TrimEnd();
        if (content.Length == 0 || content[0] == '#')
        {
            return;
        }

        Word whole = new(content, number, 1);
        if (content[0] == '*')
        {
            BeginTable(whole with { Text = content[1..], Column = 2 });
        }
        else if (_table is null)
        {
            _log.Error(whole, "stands outside of a table: '*nat' or '*filter' begins one");
        }
        else if (content == "COMMIT")
        {
            _table = null;
        }
        else if (content[0] == ':')
        {
            DeclareChain(content, number);
        }
        else
        {
            ReadCommand(content, number);
        }
    }

    // As iptables-restore does, begins with an empty table, even if the file had it before.
    private void BeginTable(Word name)
    {
        if (_table is not null)
        {
            _log.Error(_tableWord, "the table has no COMMIT");
        }

        if (TableName.BuiltInChains(name.Text).Count == 0)
        {
            _log.Error(name, $"is not a table: {string.Join(", ", TableName.All)}");
        }

        _tableWord = name;
        _table = new TableUnderConstruction(RuleTable.Empty(name.Text));
        _tables[name.Text] = _table;
    }

    private void DeclareChain(string line, int number)
    {
        List<Word> words = WordSplitter.Split(line, number, 1, isTyped: false, _log);
        if (words.Count is < 2 or > 3)
        {
            _log.Error(new Word(line, number, 1), "is not ':chain policy [packets:octets]'");
            return;
        }

        RuleCounters counters = default;
        if (words.Count == 3 && !TryCounters(words[2].Text, out counters))
        {
            _log.Error(words[2], "are not counters: [packets:octets]");
        }

        RuleEdit edit = new(_table!, _log);
        ChainUnderConstruction? chain = _table!.Find(words[0].Text);
        if (chain is { IsBuiltIn: true })
        {
            edit.Apply(new RuleCommand(CommandKind.Policy, words[0]) { Chain = words[0], Second = words[1] });
            chain.Counters = counters;
            chain.Declaration = words[0];
            return;
        }

        edit.Apply(new RuleCommand(CommandKind.NewChain, words[0]) { Chain = words[0] });
        if (words[1].Text != "-")
        {
            _log.Error(words[1], "a chain that is not built in has no policy: '-'");
        }
    }

    private void ReadCommand(string line, int number)
    {
        int start = 0;
        RuleCounters counters = default;
        int end = line[0] == '[' ? line.IndexOf(']', StringComparison.Ordinal) + 1 : 0;
        if (end > 0)
        {
            if (!TryCounters(line.AsSpan(0, end), out counters))
            {
                _log.Error(new Word(line[..end], number, 1), "are not counters: [packets:octets]");
            }

            start = end;
        }

        List<Word> words = WordSplitter.Split(line, number, start, isTyped: false, _log);
        if (CommandReader.Read(words, number, counters, _log) is not { } command)
        {
            return;
        }

        if (command.Table is { } table)
        {
            _log.Error(table, "a rules file has no -t: the line '*table' says which table it is");
            return;
        }

        new RuleEdit(_table!, _log).Apply(command);
    }

    private static bool TryCounters(ReadOnlySpan<char> text, out RuleCounters counters)
    {
        counters = default;
        int colon = text.IndexOf(':');
        if (text.Length < 5 || text[0] != '[' || text[^1] != ']' || colon < 0
            || !ulong.TryParse(text[1..colon], NumberStyles.None, CultureInfo.InvariantCulture, out ulong packets)
            || !ulong.TryParse(
                text[(colon + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong octets))
        {
            return false;
        }

        counters = new RuleCounters(packets, octets);
        return true;
    }
}
