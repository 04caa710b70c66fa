using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Targets;
using RulePorts = NatEngine.Rules.PortRange;

namespace NatEngine.Translation.Policy;

/// <summary>Understands the targets that translate.</summary>
internal static class TranslationTargets
{
    private const NatFlags Drawn = NatFlags.Random | NatFlags.RandomFully;

    // 127.0.0.0/8 (RFC 1122 section 3.2.1.3).
    private const uint Loopback = 127;

    // The kernel would have to be given translated packets, and its answers taken from it before they leave: by an
    // interface and policy routes of ours. natengine changes no address, no route and no sysctl of the machine.
    private const string LeadsToGateway =
        "leads to the gateway itself, whose kernel sees nothing of what natengine translates: give the service an "
        + "address of its own inside (a namespace will do), and DNAT to that";

    /// <summary>What a target makes of a destination; false if it makes nothing of one.</summary>
    public static bool TryDestination(
        Rule rule, RuleSurroundings surroundings, [NotNullWhen(true)] out DestinationTarget? target)
    {
        target = rule.Target switch
        {
            DnatTarget dnat when !IsForGateway(dnat, surroundings) => new DestinationTarget
            {
                First = dnat.Addresses?.First,
                Span = dnat.Addresses is { } range ? range.Last.Value - range.First.Value : 0,
                Ports = Ours(dnat.Ports),
                BasePort = dnat.BasePort,
                IsRandom = (dnat.Flags & Drawn) != 0,
                IsPersistent = dnat.Flags.HasFlag(NatFlags.Persistent),
            },
            NetmapTarget netmap when !IsOurs(netmap, surroundings) => new DestinationTarget
            {
                First = netmap.To.Address,
                KeptBits = ~netmap.To.Mask,
            },
            _ => null,
        };
        return target is not null;
    }

    /// <summary>What a target makes of a source.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="surroundings">Says what there is to give.</param>
    /// <param name="target">The source.</param>
    /// <param name="refusal">Why it cannot be had.</param>
    public static bool TrySource(
        Rule rule, RuleSurroundings surroundings, [NotNullWhen(true)] out SourceTarget? target, out string? refusal)
    {
        target = rule.Target switch
        {
            MasqueradeTarget masquerade => new SourceTarget
            {
                Ports = Ours(masquerade.Ports),
                IsRandom = (masquerade.Flags & Drawn) != 0,
                IsFullyRandom = masquerade.Flags.HasFlag(NatFlags.RandomFully),
            },
            SnatTarget snat => new SourceTarget
            {
                Addresses = ListOf(snat.Addresses, surroundings),
                Ports = Ours(snat.Ports),
                IsRandom = (snat.Flags & Drawn) != 0,
                IsFullyRandom = snat.Flags.HasFlag(NatFlags.RandomFully),
                IsPersistent = snat.Flags.HasFlag(NatFlags.Persistent),
            },
            NetmapTarget netmap when IsOurs(netmap, surroundings) => new SourceTarget
            {
                Addresses = [netmap.To.Address],
                KeptBits = ~netmap.To.Mask,
            },
            _ => null,
        };
        refusal = target is null ? RefusalOf(rule.Target) : RefusalOf(rule, target, surroundings);
        target = refusal is null ? target! with { IsWholePool = IsWholePool(target, surroundings) } : null;
        return target is not null;
    }

    private static string? RefusalOf(IRuleTarget? target) => target switch
    {
        RedirectTarget or DnatTarget => LeadsToGateway,
        NetmapTarget => "the addresses to map to are not external addresses of this gateway",
        _ => $"{target?.Name} is not a target that natengine has",
    };

    private static string? RefusalOf(Rule rule, SourceTarget target, RuleSurroundings surroundings)
    {
        if (rule.Target is SnatTarget { Addresses: { } range })
        {
            ulong wanted = range.Last.Value - range.First.Value + 1UL;
            if ((ulong)target.Addresses.Count < wanted)
            {
                return $"{range.First}-{range.Last}: only external addresses of this gateway can be a source";
            }
        }

        if (WantsPortsOfOthers(target, surroundings))
        {
            return "ports are given in blocks or computed here, and who has which must not depend on rules: only "
                + "MASQUERADE without options can give them, or SNAT without options to all addresses of the pool";
        }

        if (target.Ports is PortRange ports
            && (!surroundings.Ports.Contains(ports.First) || !surroundings.Ports.Contains(ports.Last)))
        {
            return $"ports {ports} must be among the external ports, {surroundings.Ports}";
        }

        return null;
    }

    private static bool IsForGateway(DnatTarget target, RuleSurroundings surroundings)
        => target.Addresses is { } range
            && (range.First.Value >> 24 == Loopback
                || surroundings.OwnAddresses.Any(range.Contains)
                || surroundings.ExternalAddresses.Any(range.Contains));

    private static bool WantsPortsOfOthers(SourceTarget target, RuleSurroundings surroundings)
    {
        bool isPlain = target is { Addresses.Count: 0, Ports: null, IsRandom: false };
        return target.KeptBits == 0 && !isPlain && !IsWholePool(target, surroundings)
            && surroundings.AllottedPools.Any(
                pool => target.Addresses.Count == 0 || pool.Any(target.Addresses.Contains));
    }

    // SNAT to the one address that there is, most often: what MASQUERADE would give.
    private static bool IsWholePool(SourceTarget target, RuleSurroundings surroundings)
        => target is { KeptBits: 0, Ports: null, IsRandom: false, Addresses.Count: > 0 }
            && surroundings.AllottedPools.Any(pool => target.Addresses.SequenceEqual(pool.Order()));

    private static ValueList<IPv4Address> ListOf(AddressRange? range, RuleSurroundings surroundings)
        => range is { } wanted
            ? [.. surroundings.ExternalAddresses.Where(wanted.Contains).Order()]
            : [];

    private static bool IsOurs(NetmapTarget netmap, RuleSurroundings surroundings)
        => netmap.To.Mask != 0
            && (ulong)surroundings.ExternalAddresses.Count(netmap.To.Contains) == ~netmap.To.Mask + 1UL;

    private static PortRange? Ours(RulePorts? ports)
        => ports is { } given ? new PortRange(given.First, given.Last) : null;
}
