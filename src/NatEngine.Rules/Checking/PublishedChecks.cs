using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Matches;
using NatEngine.Rules.Reading;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Checking;

/// <summary>Warns of a DNAT whose sessions chain FORWARD refuses: the commonest reason why a published server cannot be
/// reached.</summary>
/// <remarks>It is meant for strangers, so rules that accept what comes from the server's own network, or leaves by an
/// interface that POSTROUTING translates on, are for other sessions and do not count.</remarks>
internal sealed class PublishedChecks
{
    private static readonly Intervals New = Intervals.Of(1, 1);

    private readonly RuleChain _forward;
    private readonly List<(Rule Rule, RuleRegion Region)> _accepting = [];
    private readonly HashSet<InterfacePattern> _outside;
    private readonly bool _refusesByDefault;

    internal PublishedChecks(RuleSet rules)
    {
        RuleTable filter = rules.Filter;
        _outside = [.. rules.Nat.Chains.SelectMany(chain => chain.Rules)
            .Where(rule => rule.Target is SnatTarget or MasqueradeTarget)
            .Select(rule => rule.Find<OutInterfaceMatch>()?.Interface)
            .OfType<Condition<InterfacePattern>>()
            .Where(leaving => !leaving.IsNegated).Select(leaving => leaving.Value)];
        _forward = filter.Find(ChainName.Forward)!;
        ChainReach reach = new(filter);
        _refusesByDefault = _forward.Policy == Verdict.Drop;
        foreach (Rule rule in _forward.Rules)
        {
            if (rule.Target is RejectTarget or VerdictTarget { Verdict: Verdict.Drop }
                && RuleRegion.Of(rule).IsEverything)
            {
                _refusesByDefault = true;
                break;
            }

            AddIfAccepting(rule);
        }

        foreach (RuleChain chain in filter.Chains.Where(chain => !chain.IsBuiltIn))
        {
            if (reach.HooksOf(chain).Contains(_forward))
            {
                foreach (Rule rule in chain.Rules)
                {
                    AddIfAccepting(rule);
                }
            }
        }
    }

    internal void Check(Rule rule, FindingLog log)
    {
        if (!_refusesByDefault || rule.Target is not DnatTarget dnat)
        {
            return;
        }

        RuleRegion translated = RuleRegion.Of(rule).With(Field.State, New);
        if (dnat.Addresses is { } addresses)
        {
            translated = translated.With(
                Field.Destination, Intervals.Of(addresses.First.Value, addresses.Last.Value));
        }

        if (dnat.Ports is { } ports)
        {
            translated = translated.With(Field.DestinationPort, Intervals.Of(ports.First, ports.Last));
        }

        if (!_accepting.Exists(accepting => IsFor(accepting.Rule, accepting.Region, rule, translated)))
        {
            string to = TranslationText.Of(dnat.Addresses, dnat.Ports);
            log.Warn(
                rule.TargetWord(),
                $"chain FORWARD refuses the sessions that this makes: no rule there accepts new ones to {to}, "
                + "which is their destination when it is asked");
        }
    }

    private bool IsFor(Rule accepting, RuleRegion accepted, Rule dnat, RuleRegion translated)
    {
        if (!accepted.MayOverlap(translated)
            || (accepting.Find<OutInterfaceMatch>() is { Interface: { IsNegated: false, Value: var leaving } }
                && _outside.Contains(leaving)))
        {
            return false;
        }

        Intervals source = accepted[Field.Source];
        bool isFromServersNetwork = !source.Contains(Intervals.Of(0, uint.MaxValue))
            && source.Contains(translated[Field.Destination])
            && !source.Contains(translated[Field.Source]);
        return !isFromServersNetwork && MayShareInterface(accepting, dnat);
    }

    private static bool MayShareInterface(Rule accepting, Rule dnat)
        => accepting.Find<InInterfaceMatch>() is not { Interface: { IsNegated: false, Value: var one } }
            || dnat.Find<InInterfaceMatch>() is not { Interface: { IsNegated: false, Value: var other } }
            || one.Contains(other) || other.Contains(one);

    private void AddIfAccepting(Rule rule)
    {
        // What is not understood may accept anything; a warning then would be a guess.
        if (rule.Target is VerdictTarget { Verdict: Verdict.Accept } || rule.Verbatim is not null)
        {
            _accepting.Add((rule, RuleRegion.Of(rule)));
        }
    }
}
