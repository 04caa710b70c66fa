using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using RulePorts = NatEngine.Rules.PortRange;

namespace NatEngine.Translation.Policy;

/// <summary>Makes the tests of conditions that few rules have.</summary>
internal static class RuleTests
{
    /// <summary>Makes one.</summary>
    /// <param name="match">The condition.</param>
    /// <param name="surroundings">What its words mean.</param>
    /// <param name="refusal">Why there is no such test here; null if there is.</param>
    public static RuleTest? Of(IRuleMatch match, RuleSurroundings surroundings, out string? refusal)
    {
        refusal = null;
        RuleTest? test = match switch
        {
            TcpMatch tcp => OfSegment(tcp),
            PortsMatch ports => (ref RuleSubject subject)
                => Fits(ports.SourcePorts, subject.Tuple.Source)
                    && Fits(ports.DestinationPorts, subject.Tuple.Destination),
            StateMatch state => (ref RuleSubject subject)
                => state.States.Holds((state.States.Value & subject.States) != 0),
            MultiportMatch ports => OfPorts(ports),
            AddressRangeMatch range => OfRange(range),
            IcmpMatch icmp => (ref RuleSubject subject)
                => icmp.Kind.Holds(icmp.Kind.Value.Fits((byte)subject.Packet.IcmpType, subject.Packet.IcmpCode)),
            ConntrackMatch conntrack => ConntrackTest.Of(conntrack),
            MarkMatch mark => (ref RuleSubject subject) => mark.Mark.Holds(mark.Mark.Value.Fits(subject.Mark)),

            // Packets are whole here, as in the kernel where sessions are tracked (nf_defrag_ipv4).
            FragmentMatch fragment => (ref RuleSubject _) => fragment.IsNegated,
            SetMatch set => OfSet(set, surroundings),

            // xt_mac.c asks nothing of what is not Ethernet; there is no such link here.
            MacMatch mac when !surroundings.Supposes => (ref RuleSubject subject)
                => mac.Source.Holds(mac.Source.Value == subject.Packet.Station),
            _ => surroundings.Supposes ? PassingTests.Supposed(match) : PassingTests.Of(match),
        };
        if (test is null)
        {
            refusal = match switch
            {
                SetMatch named => $"there is no list {named.Set.Value}",
                _ => "natengine cannot ask this of a packet",
            };
        }

        return test;
    }

    private static RuleTest OfSegment(TcpMatch match) => (ref RuleSubject subject) =>
    {
        if (!Fits(match.SourcePorts, subject.Tuple.Source) || !Fits(match.DestinationPorts, subject.Tuple.Destination))
        {
            return false;
        }

        if (match.Flags is not { } flags)
        {
            return true;
        }

        subject.IsPassing = true;
        return flags.Holds(flags.Value.Fits((byte)subject.Packet.TcpFlags));
    };

    private static bool Fits(Condition<RulePorts>? ports, TransportAddress end)
        => ports is not { } range || range.Holds(range.Value.Contains(end.Port));

    private static RuleTest OfPorts(MultiportMatch match)
    {
        RulePorts[] ranges = [.. match.Ports.Value];
        return (ref RuleSubject subject) =>
        {
            FlowTuple tuple = subject.Tuple;
            bool isIn = (match.Side != PortSide.Destination && IsIn(ranges, tuple.Source.Port))
                || (match.Side != PortSide.Source && IsIn(ranges, tuple.Destination.Port));
            return match.Ports.Holds(isIn);
        };
    }

    private static bool IsIn(RulePorts[] ranges, ushort port)
    {
        foreach (RulePorts range in ranges)
        {
            if (range.Contains(port))
            {
                return true;
            }
        }

        return false;
    }

    private static RuleTest OfRange(AddressRangeMatch match) => (ref RuleSubject subject) =>
    {
        FlowTuple tuple = subject.Tuple;
        return (match.Sources is not { } from || from.Holds(from.Value.Contains(tuple.Source.Address)))
            && (match.Destinations is not { } to || to.Holds(to.Value.Contains(tuple.Destination.Address)));
    };

    private static RuleTest? OfSet(SetMatch match, RuleSurroundings surroundings)
    {
        if (!surroundings.Sets.TryGetValue(match.Set.Value, out IReadOnlyList<IPv4Prefix>? prefixes))
        {
            return null;
        }

        AddressLookup set = new(prefixes);
        return (ref RuleSubject subject) =>
        {
            FlowTuple tuple = subject.Tuple;
            return match.Set.Holds(set.Contains(
                match.IsByDestination ? tuple.Destination.Address : tuple.Source.Address));
        };
    }
}
