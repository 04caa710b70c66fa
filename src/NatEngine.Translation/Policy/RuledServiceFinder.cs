using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Targets;

namespace NatEngine.Translation.Policy;

/// <summary>Finds the <see cref="RuledServices"/> of rules that several lanes are to ask, and refuses what would send a
/// packet to a host whose lane cannot be told from the packet.</summary>
internal sealed class RuledServiceFinder(RuleSet rules, RuleSurroundings surroundings, LaneTerms lanes)
{
    // Of several addresses and ports, an entry each: enough for anything but whole ranges of both.
    private const int MostEntries = 65_536;

    // Chains that call each other in so many ways that nobody wants to follow them all.
    private const int MostSteps = 100_000;

    private readonly Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> _fromOutside = [];
    private readonly Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> _fromInside = [];
    private readonly BitArray _ports = new(65_536);
    private readonly List<RuleRefusal> _refusals = [];
    private int _steps;

    /// <summary>The rules that cannot be had.</summary>
    public IReadOnlyList<RuleRefusal> Refusals => _refusals;

    /// <summary>Finds them all.</summary>
    public RuledServices Find()
    {
        Walk(ChainName.Prerouting, new ServiceScope
        {
            FromOutside = true,
            FromInside = true,
            Addresses = [.. surroundings.ExternalAddresses.Concat(surroundings.OwnAddresses).Distinct()],
        });
        return new RuledServices(_fromOutside, _fromInside);
    }

    private void Walk(string chain, ServiceScope scope)
    {
        foreach (Rule rule in rules.Nat.Find(chain)?.Rules ?? [])
        {
            if (rule.Target is not (DnatTarget or JumpTarget))
            {
                continue;
            }

            if (++_steps > MostSteps)
            {
                Refuse(rule, "chains call each other in more ways than can be followed to tell whose a packet is");
                return;
            }

            ServiceScope narrowed = scope.Of(rule, surroundings);
            if (narrowed.IsEmpty || _refusals.Count > 0)
            {
                continue;
            }

            if (rule.Target is JumpTarget jump)
            {
                Walk(jump.Chain, narrowed);
            }
            else if (TranslationTargets.TryDestination(rule, surroundings, out DestinationTarget? target))
            {
                Visit(rule, target, narrowed);
            }
        }
    }

    private void Visit(Rule rule, DestinationTarget target, ServiceScope scope)
    {
        // Whoever keeps the packet's address keeps its lane. Of what goes out that is the sender's, whomever it is for;
        // and what comes from outside goes in (see RuledPath).
        if (target.First is not IPv4Address host)
        {
            return;
        }

        bool isInside = IsInside(host) || IsInside(new IPv4Address(host.Value + target.Span));
        bool fromInside = scope.FromInside && isInside;
        bool fromOutside = scope.FromOutside && (isInside || surroundings.InsideNetworks.Count == 0);
        if (!fromInside && !fromOutside)
        {
            return;
        }

        if (WhyNot(host, target.Span, scope, fromInside) is string refusal)
        {
            Refuse(rule, refusal);
            return;
        }

        foreach ((IpProtocol protocol, TransportAddress external) in Entries(scope))
        {
            if (!TryAdd(rule, protocol, external, host, fromOutside, fromInside))
            {
                return;
            }
        }

        if (lanes.MayTakePorts && lanes.LaneWithout(port => !_ports[port]) is int lane)
        {
            Refuse(rule, string.Create(
                CultureInfo.InvariantCulture, $"it leaves lane {lane} of {lanes.Division.Lanes} no port to give"));
        }
    }

    private string? WhyNot(IPv4Address first, uint span, ServiceScope scope, bool fromInside)
    {
        int count = lanes.Division.Lanes;
        if (!AreOfOneLane(first, span))
        {
            return $"with {count} lanes a packet must come to its host's before a rule is asked: name one host";
        }

        if (fromInside && !scope.NamesAddresses)
        {
            return $"with {count} lanes it must say -i {surroundings.ExternalInterface}, or by -d which of the "
                + "gateway's addresses: what a host inside sends elsewhere is its own lane's, and the answers are "
                + "another's";
        }

        if (scope.HasOthers || !scope.NamesPorts)
        {
            return $"with {count} lanes it must say -p tcp or -p udp and --dport: by its port a packet from outside "
                + "finds its lane";
        }

        long ports = Count(scope.Tcp) + Count(scope.Udp);
        return (ports * scope.Addresses.Count) + Math.Max(_fromOutside.Count, _fromInside.Count) > MostEntries
            ? $"with {count} lanes rules may name {MostEntries} ports of addresses in all"
            : null;
    }

    private bool TryAdd(
        Rule rule, IpProtocol protocol, TransportAddress external, IPv4Address host, bool fromOutside, bool fromInside)
    {
        string service = $"{ProtocolNames.NameOf(protocol)} {external}";
        if (!lanes.MayTakePorts && lanes.IsGiven(external.Port))
        {
            Refuse(rule, $"{service} is among the ports that lanes give to sessions, and one may have it: start "
                + "natengine again with these rules, or exclude the port from the pool");
            return false;
        }

        IPv4Address other = default;
        bool isTaken = (fromOutside && !TryAdd(_fromOutside, (protocol, external), host, out other))
            || (fromInside && !TryAdd(_fromInside, (protocol, external), host, out other));
        bool isPublished = lanes.Published.TryGetValue((protocol, external), out IPv4Address published)
            && !IsSameLane(published, host);
        if (isTaken || isPublished)
        {
            IPv4Address rival = isTaken ? other : published;
            Refuse(rule, $"{service} goes to {rival}, too, of another lane: with one lane it can");
            return false;
        }

        _ports[external.Port] = true;
        return true;
    }

    // From inside, both hosts must be met in the same lane by everybody: that depends on more than theirs.
    private bool TryAdd(
        Dictionary<(IpProtocol Protocol, TransportAddress External), IPv4Address> services,
        (IpProtocol Protocol, TransportAddress External) key, IPv4Address host, out IPv4Address other)
        => services.TryAdd(key, host) ? (other = host) == host
            : (other = services[key]) == host || (services == _fromOutside && IsSameLane(other, host));

    private static IEnumerable<(IpProtocol Protocol, TransportAddress External)> Entries(ServiceScope scope)
    {
        foreach ((IpProtocol protocol, BitArray ports) in
            new[] { (IpProtocol.Tcp, scope.Tcp), (IpProtocol.Udp, scope.Udp) })
        {
            for (int port = 0; port < ports.Length; port++)
            {
                foreach (IPv4Address address in ports[port] ? scope.Addresses : [])
                {
                    yield return (protocol, new TransportAddress(address, (ushort)port));
                }
            }
        }
    }

    private bool AreOfOneLane(IPv4Address first, uint span)
    {
        for (uint above = 1; above <= span; above++)
        {
            if (!IsSameLane(first, new IPv4Address(first.Value + above)))
            {
                return false; // after a few: neighbours are far apart
            }
        }

        return true;
    }

    private bool IsSameLane(IPv4Address one, IPv4Address other)
        => lanes.Division.OfHost(one) == lanes.Division.OfHost(other);

    private bool IsInside(IPv4Address address)
        => surroundings.InsideNetworks.Any(network => network.Contains(address));

    private static long Count(BitArray ports) => ports.Cast<bool>().LongCount(isIn => isIn);

    private void Refuse(Rule rule, string message) => _refusals.Add(new RuleRefusal(rule, message));
}
