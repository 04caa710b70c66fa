using System.Collections;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using NatEngine.Rules.Targets;
using NatEngine.Translation.Policy;
using RulePorts = NatEngine.Rules.PortRange;
using TranslatedRange = NatEngine.Translation.PortRange;

namespace NatEngine.Host.Policy;

/// <summary>Which ports of an address that the host has, too, PREROUTING may give other destinations: those must be
/// kept from the kernel, or it answers first.</summary>
/// <remarks>Looks at interface, destination, protocol and destination port of the rules that lead to a DNAT or NETMAP.
/// Whatever else they ask is not known before a packet comes: the port counts.</remarks>
internal sealed class TranslatedPorts
{
    private const int Ports = 65_536;

    // Chains that call each other in so many ways that nobody wants to follow them all: every port counts, then.
    private const int MostSteps = 100_000;

    private readonly RuleTable _nat;
    private readonly RuleSurroundings _surroundings;
    private readonly IPv4Address _shared;
    private readonly BitArray _tcp = new(Ports);
    private readonly BitArray _udp = new(Ports);
    private int _steps;

    private TranslatedPorts(RuleSet rules, RuleSurroundings surroundings, IPv4Address shared)
    {
        _nat = rules.Nat;
        _surroundings = surroundings;
        _shared = shared;
    }

    /// <summary>Finds them.</summary>
    internal static (IReadOnlyList<TranslatedRange> Tcp, IReadOnlyList<TranslatedRange> Udp) Of(
        RuleSet rules, RuleSurroundings surroundings, IPv4Address shared)
    {
        TranslatedPorts found = new(rules, surroundings, shared);
        BitArray all = new(Ports, defaultValue: true);
        found.Walk(ChainName.Prerouting, all, all);
        return (RangesOf(found._tcp), RangesOf(found._udp));
    }

    private void Walk(string chain, BitArray tcp, BitArray udp)
    {
        foreach (Rule rule in _nat.Find(chain)?.Rules ?? [])
        {
            if (++_steps > MostSteps)
            {
                _tcp.SetAll(true);
                _udp.SetAll(true);
                return;
            }

            if (rule.Target is not (DnatTarget or NetmapTarget or JumpTarget) || !ConcernsShared(rule))
            {
                continue;
            }

            (BitArray tcpHere, BitArray udpHere) = Narrow(rule, tcp, udp);
            if (rule.Target is JumpTarget jump)
            {
                Walk(jump.Chain, tcpHere, udpHere);
            }
            else
            {
                _tcp.Or(tcpHere);
                _udp.Or(udpHere);
            }
        }
    }

    private bool ConcernsShared(Rule rule)
    {
        foreach (IRuleMatch match in rule.Matches)
        {
            bool concerns = match switch
            {
                InInterfaceMatch entrance
                    => entrance.Interface.Holds(entrance.Interface.Value.Fits(_surroundings.ExternalInterface)),
                DestinationMatch destination
                    => destination.Addresses.Holds(destination.Addresses.Value.Contains(_shared)),
                _ => true,
            };
            if (!concerns)
            {
                return false;
            }
        }

        return true;
    }

    private static (BitArray Tcp, BitArray Udp) Narrow(Rule rule, BitArray tcp, BitArray udp)
    {
        foreach (IRuleMatch match in rule.Matches)
        {
            switch (match)
            {
                case ProtocolMatch protocol:
                    tcp = Asks(protocol, IpProtocol.Tcp) ? tcp : new BitArray(Ports);
                    udp = Asks(protocol, IpProtocol.Udp) ? udp : new BitArray(Ports);
                    break;
                case TcpMatch { DestinationPorts: { } ports }:
                    tcp = And(tcp, [ports.Value], ports.IsNegated);
                    break;
                case PortsMatch { Protocol: IpProtocol.Udp, DestinationPorts: { } ports }:
                    udp = And(udp, [ports.Value], ports.IsNegated);
                    break;
                case MultiportMatch { Side: PortSide.Destination } ports:
                    tcp = And(tcp, ports.Ports.Value, ports.Ports.IsNegated);
                    udp = And(udp, ports.Ports.Value, ports.Ports.IsNegated);
                    break;
                default:
                    break;
            }
        }

        return (tcp, udp);
    }

    private static bool Asks(ProtocolMatch match, IpProtocol protocol)
        => match.Protocol.Holds(match.Protocol.Value == protocol);

    private static BitArray And(BitArray before, IReadOnlyList<RulePorts> ranges, bool isNegated)
    {
        BitArray named = new(Ports);
        foreach (RulePorts range in ranges)
        {
            for (int port = range.First; port <= range.Last; port++)
            {
                named[port] = true;
            }
        }

        return (isNegated ? named.Not() : named).And(before);
    }

    private static List<TranslatedRange> RangesOf(BitArray ports)
    {
        List<TranslatedRange> ranges = [];
        for (int port = 0; port < Ports; port++)
        {
            if (ports[port])
            {
                int first = port;
                while (port + 1 < Ports && ports[port + 1])
                {
                    port++;
                }

                ranges.Add(new TranslatedRange((ushort)first, (ushort)port));
            }
        }

        return ranges;
    }
}
