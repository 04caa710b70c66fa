using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules.Matches;

namespace NatEngine.Rules.Reading;

/// <summary>Makes rules of words that were all read.</summary>
internal static class RuleMaker
{
    /// <summary>Makes the rule; several if it lists addresses, as iptables does; none if something was wrong, which is
    /// reported.</summary>
    /// <param name="assembly">The words.</param>
    /// <param name="verbatim">The words again, as they would be written.</param>
    /// <param name="start">Where the rule begins.</param>
    /// <param name="counters">Its counters.</param>
    /// <param name="log">Where errors are reported.</param>
    internal static IReadOnlyList<Rule> Make(
        RuleAssembly assembly, string verbatim, Word start, RuleCounters counters, FindingLog log)
    {
        int errors = log.ErrorCount;
        List<(IRuleMatch Match, Word Word)> common = CommonMatches(assembly.Core);
        common.AddRange(assembly.BuildMatches());
        IRuleTarget? target = assembly.BuildTarget();
        List<Rule> rules = [];
        foreach (List<(IRuleMatch Match, Word Word)> addresses in AddressCombinations(assembly.Core))
        {
            ValueList<IRuleMatch> matches = [.. Firsts(addresses), .. Firsts(common)];
            RulePlace place = new(start.Line, start.Column)
            {
                MatchWords = [.. Seconds(addresses), .. Seconds(common)],
                TargetWord = assembly.TargetWord,
            };
            rules.Add(new Rule { Matches = matches, Target = target, Counters = counters, Place = place });
        }

        if (log.ErrorCount > errors)
        {
            return [];
        }

        if (assembly.Unsupported.Count > 0)
        {
            RulePlace kept = new(start.Line, start.Column) { Unsupported = assembly.Unsupported };
            return [new Rule { Verbatim = verbatim, Counters = counters, Place = kept }];
        }

        return rules;
    }

    private static List<IRuleMatch> Firsts(List<(IRuleMatch Match, Word Word)> matches)
        => matches.ConvertAll(match => match.Match);

    private static List<Word> Seconds(List<(IRuleMatch Match, Word Word)> matches)
        => matches.ConvertAll(match => match.Word);

    // Interfaces, protocol, fragment. What every packet fits is left out, as iptables-save does.
    private static List<(IRuleMatch Match, Word Word)> CommonMatches(ModuleUse core)
    {
        List<(IRuleMatch, Word)> matches = [];
        if (InterfaceOf(core, CoreOptions.In) is { } incoming)
        {
            matches.Add((new InInterfaceMatch(incoming), WordOf(core, CoreOptions.In)));
        }

        if (InterfaceOf(core, CoreOptions.Out) is { } outgoing)
        {
            matches.Add((new OutInterfaceMatch(outgoing), WordOf(core, CoreOptions.Out)));
        }

        // Read, and reported if it cannot be, when it came.
        if (core.Find(CoreOptions.Protocol) is { } use
            && Values.Protocol(use.Values[0].Text, out IpProtocol protocol) is null
            && protocol != IpProtocol.None)
        {
            matches.Add((new ProtocolMatch(new Condition<IpProtocol>(protocol, use.IsNegated)), use.Word));
        }

        if (core.Find(CoreOptions.Fragment) is { } fragment)
        {
            matches.Add((new FragmentMatch(fragment.IsNegated), fragment.Word));
        }

        return matches;
    }

    private static Condition<InterfacePattern>? InterfaceOf(ModuleUse core, string option)
        => core.Condition<InterfacePattern>(option, Values.Interface) is { } condition
            && (condition.Value.Text != "+" || condition.IsNegated)
            ? condition
            : null;

    private static Word WordOf(ModuleUse core, string option) => core.Find(option)!.Value.Word;

    private static List<List<(IRuleMatch Match, Word Word)>> AddressCombinations(ModuleUse core)
    {
        List<(IRuleMatch?, Word)> destinations = Addresses(
            core, CoreOptions.Destination, condition => new DestinationMatch(condition));
        List<List<(IRuleMatch, Word)>> combinations = [];
        foreach ((IRuleMatch? source, Word sourceWord) in Addresses(
            core, CoreOptions.Source, condition => new SourceMatch(condition)))
        {
            foreach ((IRuleMatch? destination, Word destinationWord) in destinations)
            {
                List<(IRuleMatch, Word)> matches = [];
                if (source is not null)
                {
                    matches.Add((source, sourceWord));
                }

                if (destination is not null)
                {
                    matches.Add((destination, destinationWord));
                }

                combinations.Add(matches);
            }
        }

        return combinations;
    }

    // One entry for each address; a null match for every address there is.
    private static List<(IRuleMatch? Match, Word Word)> Addresses(
        ModuleUse core, string option, Func<Condition<MaskedAddress>, IRuleMatch> make)
    {
        if (core.Find(option) is not { } use)
        {
            return [(null, default)];
        }

        List<MaskedAddress> addresses = [];
        if (Values.List(use.Values[0].Text, Values.Network, addresses) is { } fault)
        {
            core.Fail(use.Values[0], fault);
        }
        else if (use.IsNegated && addresses.Count > 1)
        {
            core.Fail(use.Values[0], "'!' is not allowed before several addresses");
        }

        return addresses.ConvertAll(address => (
            address.Mask == 0 && !use.IsNegated ? null : make(new Condition<MaskedAddress>(address, use.IsNegated)),
            use.Word));
    }
}
