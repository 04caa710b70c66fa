using System.Collections.Generic;
using NatEngine.Rules;
using NatEngine.Rules.Targets;
using RuleVerdict = NatEngine.Rules.Targets.Verdict;

namespace NatEngine.Translation.Policy;

/// <summary>Turns the chains that packets are led through into <see cref="RuleCode"/>.</summary>
internal sealed class RuleCompiler(RuleSet rules, RuleSurroundings surroundings)
{
    private readonly RuleCode _code = new();
    private readonly List<RuleRefusal> _refusals = [];
    private readonly Dictionary<SourceTarget, ushort> _keys = [];
    private readonly List<(int Place, string Table, string Chain)> _calls = [];

    /// <summary>The rules that cannot be had.</summary>
    public IReadOnlyList<RuleRefusal> Refusals => _refusals;

    /// <summary>Compiles all that can be.</summary>
    public RuleCode Compile()
    {
        AddHook(RuleHook.Prerouting, rules.Nat, ChainName.Prerouting);
        AddHook(RuleHook.Forward, rules.Filter, ChainName.Forward);
        AddHook(RuleHook.Postrouting, rules.Nat, ChainName.Postrouting);

        // Grows while it is walked: a called chain calls others.
        for (int call = 0; call < _calls.Count; call++)
        {
            (int place, string table, string chain) = _calls[call];
            CompiledRule jump = _code.Rules[place];
            jump.Operand = PlaceOf(rules.Find(table)!, chain);
            _code.Rules[place] = jump;
        }

        return _code;
    }

    private void AddHook(RuleHook hook, RuleTable table, string name)
    {
        RuleChain chain = table.Find(name)!;
        _code.Hooks[(int)hook] = Add(table, chain);
        _code.Policies[(int)hook] = _code.Rules.Count - 1;
    }

    private int PlaceOf(RuleTable table, string chain)
        => _code.Chains.TryGetValue((table.Name, chain), out int place)
            ? place
            : Add(table, table.Find(chain)!);

    private int Add(RuleTable table, RuleChain chain)
    {
        int start = _code.Rules.Count;
        _code.Chains.Add((table.Name, chain.Name), start);
        foreach (Rule rule in chain.Rules)
        {
            _code.Origins.Add(_code.Rules.Count, rule);
            _code.Counters.Add((_code.Rules.Count, rule.Counters));
            _code.Rules.Add(Compile(rule, table));
        }

        RuleAction end = chain.Policy switch
        {
            null => RuleAction.Return,
            RuleVerdict.Drop => RuleAction.Drop,
            _ => RuleAction.Accept,
        };
        _code.Counters.Add((_code.Rules.Count, chain.Counters));
        _code.Rules.Add(CompiledRule.OfEverything(end, operand: 0));
        return start;
    }

    private CompiledRule Compile(Rule rule, RuleTable table)
    {
        if (surroundings.Lanes is LaneTerms lanes && LaneRefusals.Of(rule, lanes) is RuleRefusal refusal)
        {
            _refusals.Add(refusal);
        }

        CompiledRule compiled = CompiledRule.OfEverything(RuleAction.Count, operand: 0);
        compiled.FirstTest = _code.Tests.Count;
        bool counts = false;
        foreach (IRuleMatch match in rule.Matches)
        {
            // What keeps count counts only what has passed the modules before it, and is passed by the rest of them.
            bool comesAfter = counts && RuleMatching.IsModule(match);
            if (comesAfter || !RuleMatching.TryFold(match, ref compiled, surroundings))
            {
                AddTest(rule, match);
                counts |= RuleMatching.KeepsCount(match);
            }
        }

        compiled.Tests = (ushort)(_code.Tests.Count - compiled.FirstTest);
        SetTarget(rule, table, ref compiled);
        return compiled;
    }

    private void AddTest(Rule rule, IRuleMatch match)
    {
        RuleTest? test = RuleTests.Of(match, surroundings, out string? refusal);
        if (test is not null)
        {
            _code.Tests.Add(test);
            _code.Tested.Add(match);
        }
        else if (refusal is not null)
        {
            _refusals.Add(new RuleRefusal(rule, refusal));
        }
    }

    private void SetTarget(Rule rule, RuleTable table, ref CompiledRule compiled)
    {
        switch (rule.Target)
        {
            case VerdictTarget verdict:
                compiled.Action = verdict.Verdict switch
                {
                    RuleVerdict.Accept => RuleAction.Accept,
                    RuleVerdict.Drop => RuleAction.Drop,
                    _ => RuleAction.Return,
                };
                break;
            case JumpTarget jump:
                compiled.Action = jump.IsGoto ? RuleAction.Goto : RuleAction.Jump;
                _calls.Add((_code.Rules.Count, table.Name, jump.Chain));
                break;
            case RejectTarget reject:
                compiled.Action = RuleAction.Reject;
                compiled.Operand = (int)reject.Answer;
                break;
            case LogTarget:
                compiled.Action = RuleAction.Log;
                break;
            case MarkTarget mark:
                compiled.Action = RuleAction.Mark;
                compiled.Operand = _code.Marks.Count;
                _code.Marks.Add(mark);
                break;
            case null:
                break;
            default:
                SetTranslation(rule, ref compiled);
                break;
        }
    }

    private void SetTranslation(Rule rule, ref CompiledRule compiled)
    {
        if (TranslationTargets.TryDestination(rule, surroundings, out DestinationTarget? destination))
        {
            compiled.Action = RuleAction.TranslateDestination;
            compiled.Operand = _code.Destinations.Count;
            _code.Destinations.Add(destination);
        }
        else if (TranslationTargets.TrySource(rule, surroundings, out SourceTarget? source, out string? refusal))
        {
            compiled.Action = RuleAction.TranslateSource;
            compiled.Operand = _code.Sources.Count;
            _code.Sources.Add(source with { Key = KeyOf(source) });
        }
        else
        {
            _refusals.Add(new RuleRefusal(rule, refusal ?? $"{rule.Target?.Name} is not a target of natengine's"));
        }
    }

    // Targets that give the same share their mappings.
    private ushort KeyOf(SourceTarget target)
    {
        if (target is { Addresses.Count: 0, Ports: null, IsRandom: false })
        {
            return SourceTarget.PoolsOwn;
        }

        if (!_keys.TryGetValue(target, out ushort key))
        {
            key = (ushort)(_keys.Count + 1);
            _keys.Add(target, key);
        }

        return key;
    }
}
