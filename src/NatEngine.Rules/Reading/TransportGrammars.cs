using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Rules.Matches;

namespace NatEngine.Rules.Reading;

/// <summary>The matches for what stands in the header after IPv4's: tcp, udp, sctp, icmp, multiport.</summary>
internal static class TransportGrammars
{
    private const string SourcePort = "--sport";
    private const string DestinationPort = "--dport";
    private const string TcpFlags = "--tcp-flags";
    private const string Syn = "--syn";
    private const string IcmpType = "--icmp-type";

    private static readonly IpProtocol[] WithPorts =
        [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.UdpLite, IpProtocol.Sctp, (IpProtocol)33];

    private static readonly OptionGrammar[] PortOptions =
    [
        new(SourcePort) { Aliases = ["--source-port"], IsNegatable = true },
        new(DestinationPort) { Aliases = ["--destination-port"], IsNegatable = true },
    ];

    // The option's name for each side, in one place for reading and for telling which was used.
    private static readonly (string Option, PortSide Side)[] Lists =
        [("--sports", PortSide.Source), ("--dports", PortSide.Destination), ("--ports", PortSide.Both)];

    internal static IReadOnlyList<ModuleGrammar<IRuleMatch>> All { get; } =
    [
        new(
            "tcp",
            [
                .. PortOptions,
                new(TcpFlags) { Values = 2, IsNegatable = true },
                new(Syn) { Values = 0, IsNegatable = true },
                new("--tcp-option")
                {
                    IsNegatable = true, Refusal = "natengine does not look at TCP options",
                },
            ],
            BuildTcp),
        new("udp", PortOptions, use => BuildPorts(use, IpProtocol.Udp)),
        new(
            "sctp",
            [
                .. PortOptions,
                new("--chunk-types")
                {
                    Values = 2, IsNegatable = true, Refusal = "natengine does not look at SCTP chunks",
                },
            ],
            use => BuildPorts(use, IpProtocol.Sctp)),
        new("icmp", [new(IcmpType) { IsNegatable = true }], BuildIcmp),
        new(
            "multiport",
            [
                new("--sports") { Aliases = ["--source-ports"], IsNegatable = true },
                new("--dports") { Aliases = ["--destination-ports"], IsNegatable = true },
                new("--ports") { IsNegatable = true },
            ],
            BuildMultiport),
    ];

    private static TcpMatch BuildTcp(ModuleUse use)
    {
        use.RequireProtocol(use.Word, IpProtocol.Tcp);
        ValueParser<PortRange> ports = Ports.MatchRange(IpProtocol.Tcp);
        return new TcpMatch(
            use.Condition(SourcePort, ports), use.Condition(DestinationPort, ports), FlagsOf(use));
    }

    private static Condition<TcpFlagsTest>? FlagsOf(ModuleUse use)
    {
        OptionUse? syn = use.Find(Syn);
        if (use.Find(TcpFlags) is not { } flags)
        {
            return syn is { } alone ? new Condition<TcpFlagsTest>(TcpFlagsTest.Syn, alone.IsNegated) : null;
        }

        if (syn is not null)
        {
            use.Fail(flags.Word, "is the same question as --syn: only one of them is allowed");
        }

        if (!TryFlags(flags.Values[0].Text, out byte mask) || !TryFlags(flags.Values[1].Text, out byte set))
        {
            use.Fail(flags.Values[0], "is not a list of SYN, ACK, FIN, RST, URG, PSH, ALL, NONE, or the next is not");
            return null;
        }

        return new Condition<TcpFlagsTest>(new TcpFlagsTest(mask, set), flags.IsNegated);
    }

    private static bool TryFlags(string text, out byte flags)
    {
        flags = 0;
        foreach (string name in text.Split(','))
        {
            byte bit = TcpFlagsTest.Names
                .FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Bit;
            bool isAll = name.Equals("ALL", StringComparison.OrdinalIgnoreCase);
            if (bit == 0 && !isAll && !name.Equals("NONE", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            flags |= isAll ? (byte)0x3F : bit;
        }

        return true;
    }

    private static PortsMatch BuildPorts(ModuleUse use, IpProtocol protocol)
    {
        use.RequireProtocol(use.Word, protocol);
        ValueParser<PortRange> ports = Ports.MatchRange(protocol);
        return new PortsMatch(
            protocol, use.Condition(SourcePort, ports), use.Condition(DestinationPort, ports));
    }

    private static IcmpMatch BuildIcmp(ModuleUse use)
    {
        use.RequireProtocol(use.Word, IpProtocol.Icmp);
        return new IcmpMatch(use.Condition<IcmpKind>(IcmpType, IcmpNames.TryParse)
            ?? new Condition<IcmpKind>(IcmpKind.Any, false));
    }

    private static MultiportMatch? BuildMultiport(ModuleUse use)
    {
        use.RequireProtocol(use.Word, WithPorts);
        (string option, PortSide side) = Lists.FirstOrDefault(entry => use.Has(entry.Option));
        if (option is null || Lists.Count(entry => use.Has(entry.Option)) > 1)
        {
            use.Fail(use.Word, "needs one of --sports, --dports and --ports");
            return null;
        }

        return new MultiportMatch(side, use.Required<ValueList<PortRange>>(
            option, (string text, out ValueList<PortRange> ports) => ListOf(text, use.Protocol, out ports)));
    }

    private static string? ListOf(string text, IpProtocol? protocol, out ValueList<PortRange> ports)
    {
        List<PortRange> list = [];
        string? fault = Values.List(text, Ports.ListedRange(protocol), list);
        ports = [.. list];
        return fault ?? (list.Sum(range => range.First == range.Last ? 1 : 2) > MultiportMatch.MaxPorts
            ? $"has more than {MultiportMatch.MaxPorts} ports (a range counts as two)"
            : null);
    }
}
