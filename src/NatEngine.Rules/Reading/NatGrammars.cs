using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Reading;

/// <summary>The targets that translate: SNAT, DNAT, MASQUERADE, REDIRECT, NETMAP.</summary>
internal static class NatGrammars
{
    private const string ToSource = "--to-source";
    private const string ToDestination = "--to-destination";
    private const string ToPorts = "--to-ports";
    private const string To = "--to";

    // Those whose ports netfilter translates (libxt_NAT.c).
    private static readonly IpProtocol[] WithPorts =
        [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp, IpProtocol.Icmp, (IpProtocol)33];

    private static readonly OptionGrammar Random = new("--random") { Values = 0 };
    private static readonly OptionGrammar RandomFully = new("--random-fully") { Values = 0 };
    private static readonly OptionGrammar Persistent = new("--persistent") { Values = 0 };

    internal static IReadOnlyList<ModuleGrammar<IRuleTarget>> All { get; } =
    [
        new("SNAT", [new(ToSource), Random, RandomFully, Persistent], BuildSnat),
        new("DNAT", [new(ToDestination), Random, Persistent], BuildDnat),
        new("MASQUERADE", [new(ToPorts), Random, RandomFully], use => new MasqueradeTarget(PortsOf(use), FlagsOf(use))),
        new("REDIRECT", [new(ToPorts), Random], use => new RedirectTarget(PortsOf(use), FlagsOf(use))),
        new("NETMAP", [new(To)], use => new NetmapTarget(use.Required<MaskedAddress>(To, Prefix).Value)),
    ];

    private static SnatTarget BuildSnat(ModuleUse use)
    {
        TranslationEnd end = EndOf(use, ToSource, mayShift: false);
        return new SnatTarget(end.Addresses, end.Ports, FlagsOf(use));
    }

    private static DnatTarget BuildDnat(ModuleUse use)
    {
        TranslationEnd end = EndOf(use, ToDestination, mayShift: true);
        return new DnatTarget(end.Addresses, end.Ports, end.BasePort, FlagsOf(use));
    }

    private static TranslationEnd EndOf(ModuleUse use, string option, bool mayShift)
    {
        TranslationEnd end = use.Required<TranslationEnd>(
            option,
            (string text, out TranslationEnd value)
                => TranslationEnd.TryParse(text, mayShift, use.Protocol, out value)).Value;
        if (end.Ports is not null && use.Find(option) is { } given)
        {
            use.RequireProtocol(given.Values[0], WithPorts);
        }

        return end;
    }

    private static PortRange? PortsOf(ModuleUse use)
    {
        if (use.Find(ToPorts) is { } given)
        {
            use.RequireProtocol(given.Word, WithPorts);
        }

        return use.Condition(ToPorts, Ports.TargetRange(use.Protocol))?.Value;
    }

    private static NatFlags FlagsOf(ModuleUse use)
        => (use.Has(Random.Name) ? NatFlags.Random : NatFlags.None)
            | (use.Has(RandomFully.Name) ? NatFlags.RandomFully : NatFlags.None)
            | (use.Has(Persistent.Name) ? NatFlags.Persistent : NatFlags.None);

    private static string? Prefix(string text, out MaskedAddress prefix)
        => Values.Network(text, out prefix) ?? (prefix.IsPrefix ? null : "is not a prefix: its mask has holes");
}
