using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Reading;

/// <summary>A rule while its words are being read: which matches and which target it has named so far, and so which
/// options are known.</summary>
internal sealed class RuleAssembly
{
    private static readonly Dictionary<string, ModuleGrammar<IRuleMatch>> MatchGrammars =
        TransportGrammars.All.Concat(SessionGrammars.All).Concat(PacketGrammars.All).Concat(RateGrammars.All)
            .ToDictionary(grammar => grammar.Name);

    private static readonly Dictionary<string, ModuleGrammar<IRuleTarget>> TargetGrammars =
        NatGrammars.All.Concat(OtherTargetGrammars.All).ToDictionary(grammar => grammar.Name);

    private readonly FindingLog _log;
    private readonly List<(ModuleGrammar<IRuleMatch> Grammar, ModuleUse Use)> _matches = [];
    private readonly List<Finding> _unsupported = [];
    private (ModuleGrammar<IRuleTarget> Grammar, ModuleUse Use)? _target;
    private IRuleTarget? _plainTarget;
    private Word _protocolWord;
    private IpProtocol? _protocol;

    internal RuleAssembly(FindingLog log)
    {
        _log = log;
        Core = new ModuleUse(default, CoreOptions.All, log);
    }

    /// <summary>The options that are iptables' own.</summary>
    internal ModuleUse Core { get; }

    /// <summary>The matches named so far.</summary>
    internal IReadOnlyList<(ModuleGrammar<IRuleMatch> Grammar, ModuleUse Use)> Matches => _matches;

    /// <summary>What is not supported.</summary>
    internal IReadOnlyList<Finding> Unsupported => _unsupported;

    /// <summary>True after a match or target that is not supported, whose options are not known.</summary>
    internal bool MayHaveUnknownOptions { get; private set; }

    /// <summary>The word after <c>-j</c> or <c>-g</c>.</summary>
    internal Word TargetWord { get; private set; }

    /// <summary>Finds the option that <paramref name="text"/> names, and to whom it belongs. As with getopt_long, the
    /// beginning of a name is enough if no other name begins so.</summary>
    internal (ModuleUse Owner, OptionGrammar Option)? Find(string text)
        => Known(text) ?? (LoadProtocolMatch() ? Known(text) : null);

    /// <summary>Which match or target has the option, if it were named.</summary>
    internal static string? OwnerOf(string option)
        => MatchGrammars.Values.FirstOrDefault(grammar => grammar.Options.Any(o => o.IsNamed(option))) is { } match
            ? "-m " + match.Name
            : TargetGrammars.Values.FirstOrDefault(grammar => grammar.Options.Any(o => o.IsNamed(option))) is { } target
                ? "-j " + target.Name
                : null;

    /// <summary>Notes that an option of a match or target is not supported.</summary>
    internal void Refuse(ModuleUse owner, Word word, string reason)
    {
        owner.IsRefused = true;
        Refuse(word, reason);
    }

    private void Refuse(Word word, string reason)
        => _unsupported.Add(_log.FindingOf(FindingSeverity.Error, word, "not supported: " + reason));

    internal void AddProtocol(OptionUse use)
    {
        Core.Add(use);
        Word word = use.Values[0];
        _protocolWord = word;
        if (Values.Protocol(word.Text, out IpProtocol protocol) is { } fault)
        {
            _log.Error(word, fault);
        }
        else if (use.IsNegated && protocol == IpProtocol.None)
        {
            _log.Error(word, "no packet is of no protocol");
        }
        else if (!use.IsNegated && protocol != IpProtocol.None)
        {
            _protocol = protocol;
        }
    }

    internal void AddMatch(Word word)
    {
        if (MatchGrammars.TryGetValue(word.Text, out ModuleGrammar<IRuleMatch>? grammar))
        {
            _matches.Add((grammar, new ModuleUse(word, grammar.Options, _log)));
            return;
        }

        MayHaveUnknownOptions = true;
        Refuse(word, Refusals.Matches.GetValueOrDefault(word.Text) ?? "natengine does not know this match");
    }

    internal void AddTarget(Word word, bool isGoto)
    {
        if (TargetWord.Text is not null)
        {
            _log.Error(word, "a rule has one target only");
            return;
        }

        TargetWord = word;
        if (isGoto)
        {
            _plainTarget = new JumpTarget(word.Text, IsGoto: true);
        }
        else if (TargetGrammars.TryGetValue(word.Text, out ModuleGrammar<IRuleTarget>? grammar))
        {
            _target = (grammar, new ModuleUse(word, grammar.Options, _log));
        }
        else if (Refusals.Targets.TryGetValue(word.Text, out string? reason))
        {
            MayHaveUnknownOptions = true;
            Refuse(word, reason);
        }
        else
        {
            _plainTarget = PlainTarget(word.Text);
        }
    }

    /// <summary>Makes the matches that were named with <c>-m</c> or by the protocol, each with its word.</summary>
    internal IEnumerable<(IRuleMatch Match, Word Word)> BuildMatches()
    {
        foreach ((ModuleGrammar<IRuleMatch> grammar, ModuleUse use) in _matches)
        {
            use.Protocol = _protocol;
            if (!use.IsRefused && grammar.Build(use) is { } match)
            {
                yield return (match, use.Word);
            }
        }
    }

    internal IRuleTarget? BuildTarget()
    {
        if (_target is not { } named)
        {
            return _plainTarget;
        }

        named.Use.Protocol = _protocol;
        return named.Use.IsRefused ? null : named.Grammar.Build(named.Use);
    }

    /// <summary>True if the word after <c>-j</c> cannot be the name of a chain.</summary>
    internal static bool IsTarget(string name)
        => TargetGrammars.ContainsKey(name) || Refusals.Targets.ContainsKey(name) || PlainTarget(name) is VerdictTarget;

    private static IRuleTarget PlainTarget(string name) => name switch
    {
        "ACCEPT" => new VerdictTarget(Verdict.Accept),
        "DROP" => new VerdictTarget(Verdict.Drop),
        "RETURN" => new VerdictTarget(Verdict.Return),
        _ => new JumpTarget(name, IsGoto: false),
    };

    private (ModuleUse Owner, OptionGrammar Option)? Known(string text)
    {
        (ModuleUse, OptionGrammar)? abbreviated = null;
        int candidates = 0;
        foreach (ModuleUse use in Newest())
        {
            foreach (OptionGrammar option in use.Options)
            {
                if (option.IsNamed(text))
                {
                    return (use, option);
                }

                if (option.IsAbbreviatedBy(text))
                {
                    abbreviated ??= (use, option);
                    candidates++;
                }
            }
        }

        // What looks like an abbreviation may be an option of what is not known.
        return candidates == 1 && !MayHaveUnknownOptions ? abbreviated : null;
    }

    // Of two modules with the same option, the one that was named last has it.
    private IEnumerable<ModuleUse> Newest()
    {
        if (_target is { } named)
        {
            yield return named.Use;
        }

        for (int i = _matches.Count - 1; i >= 0; i--)
        {
            yield return _matches[i].Use;
        }

        yield return Core;
    }

    // -p tcp stands for -p tcp -m tcp when an option of that match comes.
    private bool LoadProtocolMatch()
    {
        if (_protocol is not { } protocol
            || !MatchGrammars.TryGetValue(ProtocolNames.NameOf(protocol), out ModuleGrammar<IRuleMatch>? grammar)
            || _matches.Any(match => ReferenceEquals(match.Grammar, grammar)))
        {
            return false;
        }

        _matches.Add((grammar, new ModuleUse(_protocolWord, grammar.Options, _log)));
        return true;
    }
}
