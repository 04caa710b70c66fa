using System.Collections;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using RulePorts = NatEngine.Rules.PortRange;

namespace NatEngine.Translation.Policy;

/// <summary>Which packets may come to a rule of PREROUTING, as far as interface, destination, protocol and destination
/// port say. Whatever else rules ask is not known before a packet comes: it may.</summary>
internal sealed record ServiceScope
{
    private const int AllPorts = 65_536;

    /// <summary>True if some come from outside.</summary>
    public required bool FromOutside { get; init; }

    /// <summary>True if some come from inside.</summary>
    public required bool FromInside { get; init; }

    /// <summary>The addresses of the gateway's that they may be for.</summary>
    public required IReadOnlyList<IPv4Address> Addresses { get; init; }

    /// <summary>True if they are for no others.</summary>
    public bool NamesAddresses { get; init; }

    /// <summary>The TCP ports that they may be for.</summary>
    public BitArray Tcp { get; init; } = new(AllPorts, defaultValue: true);

    /// <summary>The UDP ports that they may be for.</summary>
    public BitArray Udp { get; init; } = new(AllPorts, defaultValue: true);

    /// <summary>True if they are for no other ports, because a rule has named these.</summary>
    public bool NamesPorts { get; init; }

    /// <summary>True if some may be of other protocols.</summary>
    public bool HasOthers { get; init; } = true;

    /// <summary>True if there are no such packets.</summary>
    public bool IsEmpty
        => (!FromOutside && !FromInside)
            || (NamesAddresses && Addresses.Count == 0)
            || (!HasOthers && !Tcp.HasAnySet() && !Udp.HasAnySet());

    /// <summary>Those of them that may fit a rule.</summary>
    public ServiceScope Of(Rule rule, RuleSurroundings surroundings)
        => rule.Matches.Aggregate(this, (scope, match) => scope.Of(match, surroundings));

    private ServiceScope Of(IRuleMatch match, RuleSurroundings surroundings) => match switch
    {
        InInterfaceMatch entrance => this with
        {
            FromOutside = FromOutside && MayEnter(entrance, surroundings.ExternalInterface),
            FromInside = FromInside && MayEnter(entrance, surroundings.InternalInterface),
        },
        DestinationMatch destination => this with
        {
            Addresses = [.. Addresses.Where(one => destination.Addresses.Holds(
                destination.Addresses.Value.Contains(one)))],
            NamesAddresses = NamesAddresses || NamesOurs(destination),
        },
        ProtocolMatch protocol => this with
        {
            Tcp = May(protocol, IpProtocol.Tcp) ? Tcp : new BitArray(AllPorts),
            Udp = May(protocol, IpProtocol.Udp) ? Udp : new BitArray(AllPorts),
            HasOthers = HasOthers
                && (protocol.Protocol.IsNegated || protocol.Protocol.Value is not (IpProtocol.Tcp or IpProtocol.Udp)),
        },
        TcpMatch { DestinationPorts: { } ports } => this with
        {
            Tcp = And(Tcp, [ports.Value], ports.IsNegated),
            NamesPorts = NamesPorts || !ports.IsNegated,
        },
        PortsMatch { Protocol: IpProtocol.Udp, DestinationPorts: { } ports } => this with
        {
            Udp = And(Udp, [ports.Value], ports.IsNegated),
            NamesPorts = NamesPorts || !ports.IsNegated,
        },
        MultiportMatch { Side: PortSide.Destination } ports => this with
        {
            Tcp = And(Tcp, ports.Ports.Value, ports.Ports.IsNegated),
            Udp = And(Udp, ports.Ports.Value, ports.Ports.IsNegated),
            NamesPorts = NamesPorts || !ports.Ports.IsNegated,
        },
        _ => this,
    };

    private bool NamesOurs(DestinationMatch match)
        => !match.Addresses.IsNegated
            && (ulong)Addresses.Count(match.Addresses.Value.Contains) == ~match.Addresses.Value.Mask + 1UL;

    private static bool MayEnter(InInterfaceMatch match, string name)
        => match.Interface.Holds(match.Interface.Value.Fits(name));

    private static bool May(ProtocolMatch match, IpProtocol protocol)
        => match.Protocol.Holds(match.Protocol.Value == protocol);

    private static BitArray And(BitArray before, IReadOnlyList<RulePorts> ranges, bool isNegated)
    {
        BitArray named = new(AllPorts);
        foreach (RulePorts range in ranges)
        {
            for (int port = range.First; port <= range.Last; port++)
            {
                named[port] = true;
            }
        }

        return (isNegated ? named.Not() : named).And(before);
    }
}
