using System.Collections.Generic;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Writes what would become of a packet for people: what the line is about, then what there is to say.
/// </summary>
internal sealed class ExplanationText(GatewayNames names)
{
    private const int Column = -10;

    /// <summary>The lines, in the order of the packet's way.</summary>
    internal IEnumerable<string> Of(PacketExplanation explanation)
    {
        yield return Line("packet", PacketText.Of(explanation.Packet));
        yield return Line("in", IngressOf(explanation));
        if (explanation.Translation is Explanation translation)
        {
            foreach (string line in Of(translation))
            {
                yield return line;
            }
        }

        if (explanation.Hop is HopExplanation hop)
        {
            yield return Line("route", RouteOf(hop, names.Of(explanation.Translation!.Egress)));
        }

        yield return Line("verdict", new VerdictText(names).Of(explanation));
        if (explanation.Onward is PacketExplanation onward)
        {
            foreach (string line in Of(onward))
            {
                yield return line;
            }
        }
    }

    private IEnumerable<string> Of(Explanation translation)
    {
        if (translation.Verdict == VerdictKind.Wait)
        {
            yield break; // its first fragment alone would know
        }

        foreach (string line in SessionOf(translation))
        {
            yield return line;
        }

        foreach (string line in RulesOf(translation))
        {
            yield return line;
        }

        if (translation.Mapping is ExplainedMapping mapping)
        {
            yield return Line("mapping", MappingOf(mapping));
        }

        if (translation.Subscriber is SubscriberStanding standing)
        {
            yield return Line("quota", StandingText.Of(standing));
        }

        if (translation.Port is ExplainedPort port)
        {
            yield return Line("source", PortText.Of(port, translation.Packet.Tuple.Protocol, names));
        }
        else if (translation is { Session: null, Verdict: VerdictKind.Forward })
        {
            yield return Line("source", "stays as it is");
        }
    }

    private string IngressOf(PacketExplanation explanation)
    {
        IPv4Address source = explanation.Packet.Source;
        string side = $"{names.Of(explanation.Ingress)} ({explanation.Ingress.ToString().ToLowerInvariant()})";
        return explanation.IngressChoice switch
        {
            IngressChoice.Session => $"{side}, as the packets of its session",
            IngressChoice.Route => $"{side}, by which {source} is reached",
            IngressChoice.Otherwise => $"{side}, because {source} is not known to be inside",
            _ => side,
        };
    }

    private static IEnumerable<string> SessionOf(Explanation translation)
    {
        if (translation.Session is not SessionSnapshot session)
        {
            yield return Line("session", "none: it would be the first packet of one");
            yield break;
        }

        string label = "session";
        foreach (string line in SessionText.Of(session, translation.Direction))
        {
            yield return Line(label, line);
            label = "";
        }
    }

    private IEnumerable<string> RulesOf(Explanation translation)
    {
        if (!translation.HasRules)
        {
            yield return Line("rules", "the gateway runs without");
            yield break;
        }

        IReadOnlyList<ExplainedHook> hooks = translation.ReadRules();
        if (hooks.Count == 0)
        {
            yield return Line("rules", translation.Session is null
                ? "are not asked: it would open no session"
                : "have let the session's packets of this direction pass, and are not asked again");
        }

        foreach (ExplainedHook hook in hooks)
        {
            yield return Line("rules", $"{hook.Table} {hook.Chain}{SeenAs(hook, translation)}");
            foreach (string line in RuleWay.Of(hook, names))
            {
                yield return Line("", line);
            }
        }
    }

    // What the hook before has made of the destination, or a mapping there.
    private static string SeenAs(ExplainedHook hook, Explanation translation)
    {
        FlowTuple seen = hook.Rules[0].Packet.Tuple;
        bool isChanged = translation.Packet.Kind != PacketKind.IcmpError
            && seen.Destination != translation.Packet.Tuple.Destination;
        return isChanged ? $", of {PacketText.Of(seen)}" : "";
    }

    private string MappingOf(ExplainedMapping mapping)
    {
        string kind = mapping.IsPublished
            ? "a published service, open to all"
            : $"mapping {SettingWords.Of(mapping.Mapping)}, "
                + $"filtering {SettingWords.Of(mapping.Filtering)}";
        return $"{mapping.External} is {mapping.Internal}'s, of pool {names.Pools[mapping.Pool]} ({kind}), "
            + $"sessions {SettingTexts.Number((int)mapping.Sessions)}";
    }

    private static string RouteOf(HopExplanation hop, string interfaceName)
    {
        if (hop.NextHop is not IPv4Address nextHop)
        {
            return $"none by {interfaceName}";
        }

        string known = hop.Station == default ? hop.Neighbour : $"{hop.Neighbour} at {hop.Station}";
        return $"by {interfaceName} to {(hop.IsRouter ? "router" : "host")} {nextHop}, {known}";
    }

    private static string Line(string label, string text) => $"{label,Column} {text}".TrimEnd();
}
