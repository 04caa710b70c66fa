using System;
using System.Collections.Generic;
using System.Globalization;

namespace NatEngine.Rules.Reading;

/// <summary>Reads a command: a line of a rules file that begins with <c>-</c>, or what is typed after
/// <c>iptables</c>.</summary>
internal sealed class CommandReader
{
    private readonly FindingLog _log;
    private readonly WordCursor _words;
    private readonly RuleAssembly _rule;
    private RuleCounters _counters;
    private RuleCommand? _command;
    private Word? _table;
    private int _ruleStart;

    private CommandReader(IReadOnlyList<Word> words, int lineNumber, RuleCounters counters, FindingLog log)
    {
        _log = log;
        _counters = counters;
        _words = new WordCursor(words, lineNumber);
        _rule = new RuleAssembly(log);
    }

    /// <summary>Reads the words of a line.</summary>
    /// <returns>The command, or null if something is wrong with it, which is reported.</returns>
    internal static RuleCommand? Read(
        IReadOnlyList<Word> words, int lineNumber, RuleCounters counters, FindingLog log)
    {
        int errors = log.ErrorCount;
        RuleCommand? command = new CommandReader(words, lineNumber, counters, log).Read();
        return log.ErrorCount > errors ? null : command;
    }

    private RuleCommand? Read()
    {
        while (!_words.IsAtEnd)
        {
            ReadOption();
        }

        if (_command is not { } command)
        {
            _log.Error(_words.End, "no command: -A, -I, -D, -R, -F, -N, -X, -P, -E or -Z");
            return null;
        }

        bool hasRule = command.Kind is CommandKind.Append or CommandKind.Insert or CommandKind.Replace
            || (command.Kind == CommandKind.Delete && command.Number is null);
        return command with
        {
            Table = _table,
            Rules = hasRule
                ? RuleMaker.Make(_rule, _words.TextFrom(_ruleStart), command.Word, _counters, _log)
                : [],
        };
    }

    private void ReadOption()
    {
        Word word = _words.Next();
        bool isNegated = word.Text == "!";
        if (isNegated)
        {
            if (_words.IsAtEnd)
            {
                _log.Error(word, "nothing follows that could be negated");
                return;
            }

            word = _words.Next();
        }

        if (word.Text.Length < 2 || word.Text[0] != '-')
        {
            if (!_rule.MayHaveUnknownOptions)
            {
                _log.Error(word, "is not an option");
            }

            return;
        }

        Word option = Unjoined(word);
        if (_rule.Find(option.Text) is { } known)
        {
            Take(known.Owner, known.Option, option, isNegated);
            return;
        }

        _words.SkipToOption();
        if (!_rule.MayHaveUnknownOptions)
        {
            string? owner = RuleAssembly.OwnerOf(option.Text);
            _log.Error(option, owner is null
                ? "is not an option of iptables, or not of the matches and target of this rule"
                : $"is an option of {owner}, which has to come before it");
        }
    }

    // --dport=80 is --dport 80, and -ptcp is -p tcp.
    private Word Unjoined(Word word)
    {
        bool isLong = word.Text.StartsWith("--", StringComparison.Ordinal);
        int end = isLong ? word.Text.IndexOf('=', StringComparison.Ordinal) : 2;
        if (end < 0 || end == word.Text.Length)
        {
            return word;
        }

        int value = isLong ? end + 1 : end;
        _words.Inject(new Word(word.Text[value..], word.Line, word.Column + value));
        return word with { Text = word.Text[..end] };
    }

    private void Take(ModuleUse owner, OptionGrammar option, Word word, bool isNegated)
    {
        isNegated |= option is { IsNegatable: true, Values: > 0 } && _words.TryNextNegation();
        Word[] values = new Word[option.Values];
        for (int i = 0; i < values.Length; i++)
        {
            if (_words.IsAtEnd)
            {
                _log.Error(word, values.Length == 1 ? "needs a value" : $"needs {values.Length} values");
                owner.IsRefused = true;
                return;
            }

            values[i] = _words.Next();
        }

        OptionUse use = new(option, word, isNegated, values);
        if (ReferenceEquals(owner, _rule.Core))
        {
            TakeCore(use);
        }
        else if (option.Refusal is { } reason)
        {
            _rule.Refuse(owner, word, reason);
        }
        else
        {
            owner.Add(use);
        }
    }

    private void TakeCore(OptionUse use)
    {
        if (CoreOptions.CommandOf(use.Option) is { } kind)
        {
            TakeCommand(kind, use);
            return;
        }

        if (CoreOptions.IsWithoutMeaning(use.Option))
        {
            TakeWithoutMeaning(use);
            return;
        }

        switch (use.Option.Name)
        {
            case CoreOptions.Protocol:
                _rule.AddProtocol(use);
                break;
            case CoreOptions.Match:
                _rule.AddMatch(use.Values[0]);
                break;
            case CoreOptions.Jump or CoreOptions.Goto:
                _rule.AddTarget(use.Values[0], use.Option.Name == CoreOptions.Goto);
                break;
            case CoreOptions.Counters:
                TakeCounters(use);
                _words.OmitLast(3);
                break;
            case CoreOptions.Table:
                _table = use.Values[0];
                _words.OmitLast(2);
                break;
            default:
                _rule.Core.Add(use);
                break;
        }
    }

    private void TakeWithoutMeaning(OptionUse use)
    {
        if (use.Option.Refusal is { } reason)
        {
            _log.Error(use.Word, "not supported: " + reason);
            _words.SkipToOption();
            return;
        }

        // A wait may have a number of seconds after it.
        if (use.Option.Name == "-w")
        {
            _words.TryNextPlain(out _);
        }

        _log.Note(use.Word, "has no meaning here");
    }

    private void TakeCounters(OptionUse use)
    {
        bool isRead = ulong.TryParse(
                use.Values[0].Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong packets)
            & ulong.TryParse(use.Values[1].Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong octets);
        if (!isRead)
        {
            _log.Error(use.Values[0], "is not a number of packets, or the next not one of octets");
        }

        _counters = new RuleCounters(packets, octets);
    }

    private void TakeCommand(CommandKind kind, OptionUse use)
    {
        if (_command is not null)
        {
            _log.Error(use.Word, "one command at a time");
            return;
        }

        Word? chain = use.Values.Length > 0 ? use.Values[0] : null;
        if (chain is null && _words.TryNextPlain(out Word named))
        {
            chain = named;
        }

        Word second = use.Values.Length > 1 ? use.Values[1] : default;
        bool mayHaveNumber =
            kind is CommandKind.Insert or CommandKind.Delete or CommandKind.Replace or CommandKind.Zero;
        int? number = null;
        if (mayHaveNumber && _words.TryNextPlain(out Word digits))
        {
            second = digits;
            number = int.TryParse(digits.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0;
        }

        _ruleStart = _words.Position;
        _command = new RuleCommand(kind, use.Word) { Chain = chain, Second = second, Number = number };
    }
}
