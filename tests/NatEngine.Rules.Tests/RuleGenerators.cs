using System.Collections.Generic;
using System.Linq;
using CsCheck;
using NatEngine.Packets;
using NatEngine.Rules.Matches;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Tests;

/// <summary>Rules of every kind that can be written, as values, not as text.</summary>
internal static class RuleGenerators
{
    private static readonly Gen<IPv4Address> Address = Gen.UInt.Select(value => new IPv4Address(value));

    // A condition on every address is written as none, so the generated ones have a bit at least.
    private static readonly Gen<MaskedAddress> Network = Gen.OneOf(
        Gen.Select(Address, Gen.Int[1, 32]).Select((a, length) => new MaskedAddress(a, uint.MaxValue << (32 - length))),
        Gen.Select(Address, Gen.UInt[1, uint.MaxValue]).Select((a, mask) => new MaskedAddress(a, mask)));

    private static readonly Gen<PortRange> Ports =
        Gen.Select(Gen.UShort, Gen.UShort).Select((a, b) => a < b ? new PortRange(a, b) : new PortRange(b, a));

    private static readonly Gen<AddressRange> Addresses =
        Gen.Select(Address, Address).Select((a, b) => a < b ? new AddressRange(a, b) : new AddressRange(b, a));

    private static readonly Gen<string> Text = Gen.String[Gen.Char[' ', '~'], 0, 20];

    private static readonly Gen<InterfacePattern> Interface =
        Gen.OneOf("eth0", "eth+", "ppp0", "br-lan", "wg.1").Select(name => new InterfacePattern(name));

    private static readonly Gen<byte> Flags = Gen.Byte[0, 63];

    private static readonly Gen<SessionStates> States = Gen.Int[1, 31].Select(bits => (SessionStates)bits);

    private static readonly Gen<IRuleMatch> AnyMatch = Gen.OneOf<IRuleMatch>(
        Gen.Select(Optional(Negatable(Addresses)), Negatable(Addresses)).Select((a, b) => new AddressRangeMatch(a, b)),
        Negatable(States).Select(states => new StateMatch(states)),
        Conntrack(),
        Negatable(Gen.Select(Gen.UInt, Gen.UInt).Select((value, mask) => new MaskedMark(value, mask)))
            .Select(mark => new MarkMatch(mark)),
        Text.Select(text => new CommentMatch(text)),
        Gen.Select(Gen.OneOf(10_000u, 600_000u, 36_000_000u, 864_000_000u), Gen.UInt[1, 40], Gen.UInt[1, 10_000])
            .Select((period, rate, burst) => new LimitMatch(new LimitRate(period / rate), burst)),
        Gen.Select(Gen.UInt, Gen.Bool, Gen.Byte[0, 32], Gen.Bool)
            .Select((limit, above, length, by) => new ConnlimitMatch(limit, above, length, by)),
        Negatable(Ports).Select(lengths => new LengthMatch(lengths)),
        Gen.Select(Gen.Enum<TtlComparison>(), Gen.Byte).Select((how, value) => new TtlMatch(how, value)),
        Negatable(Gen.ULong[0, 0xFFFF_FFFF_FFFF].Select(value => new MacAddress(value)))
            .Select(address => new MacMatch(address)),
        Negatable(Gen.UInt[0, RandomMatch.Certain]).Select(probability => new RandomMatch(probability)),
        Gen.Select(Gen.UInt[1, uint.MaxValue], Gen.UInt, Gen.Bool)
            .Select((every, packet, negated) => new NthMatch(new Condition<uint>(every, negated), packet % every)),
        Gen.Select(Negatable(Gen.OneOf("blocked", "list-1")), Gen.Bool).Select((set, by) => new SetMatch(set, by)));

    private static readonly Gen<IRuleMatch> TcpOnly = Gen.OneOf<IRuleMatch>(
        Gen.Select(
            Optional(Negatable(Ports)), Optional(Negatable(Ports)),
            Optional(Negatable(Gen.Select(Flags, Flags).Select((mask, set) => new TcpFlagsTest(mask, set)))))
            .Select((source, destination, flags) => new TcpMatch(source, destination, flags)),
        Gen.Select(Gen.Enum<PortSide>(), Negatable(Ports.List[1, 7])).Select((side, ports) => new MultiportMatch(
            side, new Condition<ValueList<PortRange>>([.. ports.Value], ports.IsNegated))));

    private static readonly Gen<NatFlags> SomeFlags = Gen.Int[0, 7].Select(bits => (NatFlags)bits);

    private static readonly Gen<IRuleTarget> Plain = Gen.OneOf<IRuleTarget>(
        Gen.OneOf(Verdict.Accept, Verdict.Return).Select(verdict => new VerdictTarget(verdict)),
        Gen.Select(Gen.UInt, Gen.UInt).Select((value, mask) => new MarkTarget(value, mask)),
        Gen.Select(Text, Gen.Byte[0, 7], Gen.Int[0, 31])
            .Select((prefix, level, options) => new LogTarget(prefix, level, (LogOptions)options)),
        Gen.Bool.Select(isGoto => new JumpTarget("users", isGoto)));

    private static readonly Gen<IRuleTarget> Forward = Gen.OneOf(
        Plain,
        Gen.Const<IRuleTarget>(new VerdictTarget(Verdict.Drop)),
        Gen.Enum<RejectAnswer>().Select<RejectAnswer, IRuleTarget>(answer => new RejectTarget(answer)));

    private static readonly Gen<IRuleTarget> Prerouting = Gen.OneOf(
        Plain,
        Gen.Select(Addresses, Optional(Ports), SomeFlags).Select<AddressRange, PortRange?, NatFlags, IRuleTarget>(
            (a, ports, flags) => new DnatTarget(a, ports, null, flags & ~NatFlags.RandomFully)),
        Gen.Select(Addresses, Ports, Gen.UShort).Select<AddressRange, PortRange, ushort, IRuleTarget>(
            (addresses, ports, port) => new DnatTarget(addresses, ports, port, NatFlags.None)),
        Optional(Ports).Select<PortRange?, IRuleTarget>(ports => new RedirectTarget(ports, NatFlags.Random)));

    private static readonly Gen<IRuleTarget> Postrouting = Gen.OneOf(
        Plain,
        Gen.Select(Addresses, Optional(Ports), SomeFlags).Select<AddressRange, PortRange?, NatFlags, IRuleTarget>(
            (addresses, ports, flags) => new SnatTarget(addresses, ports, flags)),
        Gen.Select(Optional(Ports), SomeFlags).Select<PortRange?, NatFlags, IRuleTarget>(
            (ports, flags) => new MasqueradeTarget(ports, flags & ~NatFlags.Persistent)),
        Gen.Select(Address, Gen.Int[1, 32]).Select<IPv4Address, int, IRuleTarget>(
            (address, length) => new NetmapTarget(new MaskedAddress(address, uint.MaxValue << (32 - length)))));

    private static readonly Gen<RuleCounters> Counters =
        Gen.Select(Gen.ULong, Gen.ULong).Select((packets, octets) => new RuleCounters(packets, octets));

    /// <summary>Whole rule sets that natengine accepts.</summary>
    internal static Gen<RuleSet> RuleSets { get; } = Gen.Select(
        RuleOf(Prerouting, isIn: true).List[0, 4], RuleOf(Postrouting, isIn: false).List[0, 4],
        RuleOf(Forward, isIn: true).List[0, 6], Counters, Gen.Bool)
        .Select((before, after, forward, counters, drop) => new RuleSet(
        [
            Table(TableName.Nat, (ChainName.Prerouting, before), (ChainName.Postrouting, after)),
            Table(TableName.Filter, (ChainName.Forward, forward)) is var filter && drop
                ? filter with { Chains = [.. filter.Chains.Select(chain => Dropping(chain, counters))] }
                : filter,
        ]));

    private static RuleChain Dropping(RuleChain chain, RuleCounters counters)
        => chain.Name == ChainName.Forward ? chain with { Policy = Verdict.Drop, Counters = counters } : chain;

    private static RuleTable Table(string name, params (string Chain, List<Rule> Rules)[] chains)
    {
        RuleTable table = RuleTable.Empty(name);
        return table with
        {
            Chains =
            [
                .. table.Chains.Select(chain => chain with
                {
                    Rules = [.. chains.Where(entry => entry.Chain == chain.Name).SelectMany(entry => entry.Rules)],
                }),
                RuleChain.OfUser("users"),
            ],
        };
    }

    // Every rule is for TCP, which all matches and targets go with; in a third of them other protocols would do.
    private static Gen<Rule> RuleOf(Gen<IRuleTarget> targets, bool isIn)
        => Gen.Select(
            Optional(Negatable(Network)), Optional(Negatable(Network)), Optional(Negatable(Interface)),
            Gen.OneOf(AnyMatch, TcpOnly).List[0, 4], targets, Counters, Gen.Bool)
            .Select((source, destination, name, matches, target, counters, isFragment) => new Rule
            {
                Matches =
                [
                    .. Given(source, condition => new SourceMatch(condition)),
                    .. Given(destination, condition => new DestinationMatch(condition)),
                    .. Given(name, condition => isIn
                        ? new InInterfaceMatch(condition)
                        : (IRuleMatch)new OutInterfaceMatch(condition)),
                    new ProtocolMatch(new Condition<IpProtocol>(IpProtocol.Tcp, false)),
                    .. isFragment ? (IRuleMatch[])[new FragmentMatch(true)] : [],
                    .. matches.Where(match => isIn || match is not MacMatch),
                ],
                Target = target,
                Counters = counters,
            });

    private static IEnumerable<IRuleMatch> Given<T>(Condition<T>? given, System.Func<Condition<T>, IRuleMatch> make)
    {
        if (given is { } condition)
        {
            yield return make(condition);
        }
    }

    private static Gen<IRuleMatch> Conntrack()
        => Gen.Select(
            Negatable(Gen.Int[1, 127].Select(bits => (SessionStates)bits)), Optional(Negatable(Network)),
            Optional(Negatable(Ports)), Gen.OneOf<bool?>(null, true, false))
            .Select<Condition<SessionStates>, Condition<MaskedAddress>?, Condition<PortRange>?, bool?, IRuleMatch>(
                (states, addresses, ports, original) => new ConntrackMatch
                {
                    States = states,
                    OriginalSource = addresses,
                    ReplyDestination = addresses,
                    OriginalDestinationPorts = ports,
                    IsOriginalDirection = original,
                });

    private static Gen<Condition<T>> Negatable<T>(Gen<T> values)
        => Gen.Select(values, Gen.Bool).Select((value, negated) => new Condition<T>(value, negated));

    private static Gen<T?> Optional<T>(Gen<T> values)
        where T : struct
        => Gen.Select(values, Gen.Bool).Select((value, isGiven) => isGiven ? value : (T?)null);
}
