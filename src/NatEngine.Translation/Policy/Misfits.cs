using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using NatEngine.Translation.Explaining;

namespace NatEngine.Translation.Policy;

/// <summary>Finds out which condition of a rule a packet did not fit, by holding the packet against them one by one, in
/// the way in which the rule itself is held against it.</summary>
internal static class Misfits
{
    /// <summary>Finds it.</summary>
    /// <param name="program">The rules.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="misfit">What is known already; see <see cref="IRuleTrace.Asked"/>.</param>
    /// <param name="packet">The packet as the rule saw it.</param>
    /// <returns>The condition; of one with several parts, the part.</returns>
    public static IRuleMatch Find(RuleProgram program, Rule rule, int misfit, PacketAtHook packet)
    {
        if (misfit != RuleProgram.FoldedMisfit)
        {
            return Narrowed(program, program.MatchOf(misfit), packet);
        }

        foreach (IRuleMatch match in rule.Matches)
        {
            if (!FitsFolded(program, match, packet))
            {
                return Narrowed(program, match, packet);
            }
        }

        throw new InvalidOperationException("What did not fit a rule does not fit one of its conditions.");
    }

    private static IRuleMatch Narrowed(RuleProgram program, IRuleMatch match, PacketAtHook packet)
    {
        foreach (IRuleMatch part in PartsOf(match))
        {
            bool fits = RuleTests.Of(part, program.Surroundings, out _) is RuleTest test
                ? Fits(test, packet)
                : FitsFolded(program, part, packet);
            if (!fits)
            {
                return part;
            }
        }

        return match;
    }

    private static bool FitsFolded(RuleProgram program, IRuleMatch match, PacketAtHook packet)
    {
        CompiledRule alone = CompiledRule.OfEverything(RuleAction.Count, operand: 0);
        return !RuleMatching.TryFold(match, ref alone, program.Surroundings)
            || alone.MayFit(packet.Tuple, packet.States, packet.Ingress, packet.Egress);
    }

    private static IEnumerable<IRuleMatch> PartsOf(IRuleMatch match) => match switch
    {
        TcpMatch tcp =>
        [
            new TcpMatch(tcp.SourcePorts, null, null),
            new TcpMatch(null, tcp.DestinationPorts, null),
            new TcpMatch(null, null, tcp.Flags),
        ],
        PortsMatch ports => [ports with { DestinationPorts = null }, ports with { SourcePorts = null }],
        AddressRangeMatch range => [range with { Destinations = null }, range with { Sources = null }],
        ConntrackMatch conntrack =>
        [
            new ConntrackMatch { States = conntrack.States },
            new ConntrackMatch { Protocol = conntrack.Protocol },
            new ConntrackMatch { IsOriginalDirection = conntrack.IsOriginalDirection },
            new ConntrackMatch { OriginalSource = conntrack.OriginalSource },
            new ConntrackMatch { OriginalDestination = conntrack.OriginalDestination },
            new ConntrackMatch { OriginalSourcePorts = conntrack.OriginalSourcePorts },
            new ConntrackMatch { OriginalDestinationPorts = conntrack.OriginalDestinationPorts },
            new ConntrackMatch { ReplySource = conntrack.ReplySource },
            new ConntrackMatch { ReplyDestination = conntrack.ReplyDestination },
            new ConntrackMatch { ReplySourcePorts = conntrack.ReplySourcePorts },
            new ConntrackMatch { ReplyDestinationPorts = conntrack.ReplyDestinationPorts },
        ],
        _ => [],
    };

    // Only of conditions whose answer is in the packet: none of the parts above counts or draws.
    private static bool Fits(RuleTest test, PacketAtHook packet)
    {
        PacketFacts facts = packet.Facts;
        RuleSubject subject = new()
        {
            Packet = ref facts,
            Tuple = packet.Tuple,
            Original = packet.Original,
            Reply = packet.Reply,
            States = packet.States,
            Direction = packet.Direction,
            Ingress = packet.Ingress,
            Egress = packet.Egress,
            TimeToLive = packet.TimeToLive,
            Now = 0,
            Sessions = null,
            Random = new Guesses(),
            IsDry = true,
            Mark = packet.Mark,
        };
        return test(ref subject);
    }
}
