using System.Globalization;
using System.Linq;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using NatEngine.Rules.Targets;

namespace NatEngine.Translation.Policy;

/// <summary>Finds what a rule asks for that lanes which know nothing of each other cannot give together.</summary>
/// <remarks>Where packets must come to for DNAT is the business of <see cref="RuledServiceFinder"/>.</remarks>
internal static class LaneRefusals
{
    /// <summary>Looks at one rule.</summary>
    /// <returns>Why it cannot be had; null if it can.</returns>
    public static RuleRefusal? Of(Rule rule, LaneTerms lanes)
    {
        foreach (IRuleMatch match in rule.Matches)
        {
            if (RefusalOf(match, rule) is string about)
            {
                string why = string.Create(
                    CultureInfo.InvariantCulture,
                    $"and each of {lanes.Division.Lanes} lanes would count its own: with one lane it is right");
                return new RuleRefusal(rule, $"{about}, {why}", match);
            }
        }

        return RefusalOf(rule.Target, lanes) is string message ? new RuleRefusal(rule, message) : null;
    }

    // So many lines at most is no more than a manner of speaking, and so many in each lane will do.
    private static string? RefusalOf(IRuleMatch match, Rule rule) => match switch
    {
        LimitMatch when rule.Target is not LogTarget => "limit is a rate of all packets that the rule is asked about",
        ConnlimitMatch => "connlimit counts the sessions of all hosts of a network",
        NthMatch => "statistic --mode nth counts the packets that the rule is asked about",
        _ => null,
    };

    private static string? RefusalOf(IRuleTarget? target, LaneTerms lanes)
    {
        if (target is NetmapTarget)
        {
            return "NETMAP leaves ports as they are, and by its port a packet from outside finds its lane: with one "
                + "lane it can be had";
        }

        PortRange? ports = target switch
        {
            SnatTarget { Ports: { } range } => new PortRange(range.First, range.Last),
            MasqueradeTarget { Ports: { } range } => new PortRange(range.First, range.Last),
            _ => null,
        };
        if (ports is not PortRange wanted)
        {
            return null;
        }

        LaneDivision division = lanes.Division;
        int having = Enumerable.Range(wanted.First, wanted.Count).Where(lanes.IsGiven).Select(division.OfPort)
            .Distinct().Count();
        return having == division.Lanes
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"ports {wanted} are of {having} of {division.Lanes} lanes, which have {division.StripeLength} in turns"
                + $": name {division.Lanes * division.StripeLength} or more, or use one lane");
    }
}
