using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using NatEngine.Rules.Targets;

namespace NatEngine.Translation.Policy;

/// <summary>
/// Rules as packets are held against them: the rules of all chains one after the other in an array, each chain ended by
/// its policy or by the way back to its caller, so that asking is a walk with a stack of return places.
/// </summary>
/// <remarks>Made by any thread, used by one at a time: counting and limits change it. Asking allocates
/// nothing.</remarks>
public sealed class RuleProgram
{
    /// <summary>Of a rule that was asked: the packet fits.</summary>
    internal const int Fits = -1;

    /// <summary>Of a rule that was asked: something did not fit that is in the rule itself and no test beside it.
    /// </summary>
    internal const int FoldedMisfit = -2;

    private readonly CompiledRule[] _rules;
    private readonly RuleTest[] _tests;
    private readonly IRuleMatch[] _tested;
    private readonly RuleCounter[] _counters;
    private readonly SourceTarget[] _sources;
    private readonly DestinationTarget[] _destinations;
    private readonly MarkTarget[] _marks;
    private readonly int[] _hooks;
    private readonly int[] _policies;
    private readonly int[] _returns;
    private readonly Dictionary<int, Rule> _origins;
    private readonly Dictionary<(string Table, string Chain), int> _chains;

    internal RuleProgram(RuleCode code, RuleSet rules, RuleSurroundings surroundings)
    {
        Rules = rules;
        Surroundings = surroundings;
        InsideNetworks = new AddressLookup(surroundings.InsideNetworks);
        _rules = [.. code.Rules];
        _tests = [.. code.Tests];
        _tested = [.. code.Tested];
        _sources = [.. code.Sources];
        _destinations = [.. code.Destinations];
        _marks = [.. code.Marks];
        _hooks = code.Hooks;
        _policies = code.Policies;
        _returns = new int[code.Chains.Count + 1];
        _origins = code.Origins;
        _chains = code.Chains;
        Logs = code.Rules.Exists(rule => rule.Action == RuleAction.Log);
        AsksOfFrames = Logs || code.Origins.Values.Any(rule => rule.Matches.Any(match => match is MacMatch));
        _counters = new RuleCounter[_rules.Length];
        foreach ((int place, RuleCounters counters) in code.Counters)
        {
            _counters[place] = new RuleCounter { Packets = counters.Packets, Octets = counters.Octets };
        }
    }

    /// <summary>The rules, with the counters that they were made with; see <see cref="Counted()"/>.</summary>
    public RuleSet Rules { get; }

    /// <summary>What their words mean.</summary>
    public RuleSurroundings Surroundings { get; }

    /// <summary>Whom packets come to by DNAT, if several lanes ask the rules; else nobody, because nobody needs to
    /// know.</summary>
    public RuledServices Services { get; private init; } = RuledServices.None;

    internal AddressLookup InsideNetworks { get; }

    /// <summary>True if a rule logs.</summary>
    public bool Logs { get; }

    /// <summary>True if a rule wants to know of a packet what <see cref="PacketParser.ParseForRules"/> reads.</summary>
    internal bool AsksOfFrames { get; }

    internal RuleLog Log { get; } = new();

    /// <summary>Where each chain that is asked begins.</summary>
    internal IReadOnlyDictionary<(string Table, string Chain), int> Chains => _chains;

    /// <summary>What each place has counted.</summary>
    internal RuleCounter[] Counters => _counters;

    /// <summary>Makes a program.</summary>
    /// <param name="rules">Rules that were read without an error.</param>
    /// <param name="surroundings">What their words mean.</param>
    /// <param name="refusals">The rules that cannot be had here; empty if there is a program.</param>
    /// <returns>The program, or null.</returns>
    public static RuleProgram? TryCompile(
        RuleSet rules, RuleSurroundings surroundings, out IReadOnlyList<RuleRefusal> refusals)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(surroundings);
        RuleCompiler compiler = new(rules, surroundings);
        RuleCode code = compiler.Compile();
        refusals = compiler.Refusals;
        RuledServices services = RuledServices.None;
        if (surroundings is { Lanes: LaneTerms lanes, Supposes: false } && refusals.Count == 0)
        {
            RuledServiceFinder finder = new(rules, surroundings, lanes);
            services = finder.Find();
            refusals = finder.Refusals;
        }

        return refusals.Count == 0 ? new RuleProgram(code, rules, surroundings) { Services = services } : null;
    }

    /// <summary>Makes a program of the same rules for another lane, which has counted nothing.</summary>
    public RuleProgram Twin()
    {
        RuleCode code = new RuleCompiler(Rules, Surroundings).Compile();
        code.Counters.Clear();
        return new RuleProgram(code, Rules, Surroundings) { Services = Services };
    }

    /// <summary>The LOG rule of an entry.</summary>
    public LogTarget LogOf(RuleLogEntry entry) => (LogTarget)_origins[entry.Rule].Target!;

    /// <summary>Takes the entries that LOG rules have made, and the number of those for which there was no room.
    /// </summary>
    public RuleLogEntry[] TakeLog(out long lost)
    {
        lost = Log.Lost;
        return Log.Take();
    }

    /// <summary>The rules with what they have counted since.</summary>
    public RuleSet Counted() => Counted(Tally());

    /// <summary>What has been counted, as a copy that another thread may look at.</summary>
    public RuleTally Tally() => new([.. _counters]);

    /// <summary>The rules with what they had counted then.</summary>
    public RuleSet Counted(RuleTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        return new RuleSet([.. Rules.Tables.Select(table => table with
        {
            Chains = [.. table.Chains.Select(chain => Counted(table.Name, chain, tally.Counters))],
        })]);
    }

    /// <summary>What stands in a place; see <see cref="RulePlaces"/> for many.</summary>
    internal RuleLocation LocationOf(int place) => new RulePlaces(this).LocationOf(place);

    /// <summary>The condition that a test is of.</summary>
    internal IRuleMatch MatchOf(int test) => _tested[test];

    internal SourceTarget SourceOf(int operand) => _sources[operand];

    internal DestinationTarget DestinationOf(int operand) => _destinations[operand];

    /// <summary>Asks the rules of a hook.</summary>
    /// <param name="hook">Which.</param>
    /// <param name="subject">About what; learns its mark, and whether the answer is about this one packet only. If it
    /// is dry, nothing is counted or logged.</param>
    internal RuleAnswer Ask(RuleHook hook, ref RuleSubject subject)
    {
        NoTrace trace = default;
        return Ask(hook, ref subject, ref trace);
    }

    internal RuleAnswer Ask<TTrace>(RuleHook hook, ref RuleSubject subject, ref TTrace trace)
        where TTrace : struct, IRuleTrace
    {
        int at = _hooks[(int)hook];
        int depth = 0;
        while (true)
        {
            ref readonly CompiledRule rule = ref _rules[at];
            int misfit = rule.MayFit(subject.Tuple, subject.States, subject.Ingress, subject.Egress)
                ? MisfitOf(rule, ref subject)
                : FoldedMisfit;
            trace.Asked(at, misfit, subject);
            if (misfit != Fits)
            {
                at++;
                continue;
            }

            Count(at, subject);
            if (rule.Action >= RuleAction.Accept)
            {
                return new RuleAnswer(rule.Action, rule.Operand);
            }

            at = Next(at, rule, ref depth, ref subject, hook);
        }
    }

    /// <summary>The rule in a place, if a rule stands there and not the end of a chain.</summary>
    internal Rule? RuleAt(int place) => _origins.GetValueOrDefault(place);

    private int Next(int at, in CompiledRule rule, ref int depth, ref RuleSubject subject, RuleHook hook)
    {
        switch (rule.Action)
        {
            case RuleAction.Jump:
                _returns[depth++] = at + 1;
                return rule.Operand;
            case RuleAction.Goto:
                return rule.Operand;
            case RuleAction.Return:
                return depth == 0 ? _policies[(int)hook] : _returns[--depth];
            case RuleAction.Mark:
                subject.Mark = _marks[rule.Operand].Apply(subject.Mark);
                return at + 1;
            case RuleAction.Log:
                subject.IsPassing = true; // every packet is to be logged
                Write(at, hook, subject);
                return at + 1;
            default:
                return at + 1;
        }
    }

    private void Count(int at, in RuleSubject subject)
    {
        if (!subject.IsDry)
        {
            _counters[at].Packets++;
            _counters[at].Octets += subject.Packet.NetworkLength;
        }
    }

    private void Write(int at, RuleHook hook, in RuleSubject subject)
    {
        if (!subject.IsDry)
        {
            Log.Add(new RuleLogEntry(
                at,
                subject.Tuple,
                subject.Ingress,
                hook == RuleHook.Prerouting ? null : subject.Egress,
                subject.Packet,
                subject.TimeToLive,
                subject.Mark));
        }
    }

    private int MisfitOf(in CompiledRule rule, ref RuleSubject subject)
    {
        for (int test = rule.FirstTest; test < rule.FirstTest + rule.Tests; test++)
        {
            if (!_tests[test](ref subject))
            {
                return test;
            }
        }

        return Fits;
    }

    private RuleChain Counted(string table, RuleChain chain, RuleCounter[] counters)
    {
        if (!_chains.TryGetValue((table, chain.Name), out int start))
        {
            return chain; // nobody asks it
        }

        RuleCounters end = counters[start + chain.Rules.Count].ToCounters();
        return chain with
        {
            Counters = chain.IsBuiltIn ? end : chain.Counters,
            Rules = [.. chain.Rules.Select(
                (rule, index) => rule with { Counters = counters[start + index].ToCounters() })],
        };
    }
}
