using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Matches;

namespace NatEngine.Rules.Checking;

/// <summary>Which packets a rule is about: for each <see cref="Field"/> the values that fit, and besides them the
/// matches that cannot be said so.</summary>
internal sealed class RuleRegion
{
    private const SessionStates Exclusive = SessionStates.Invalid | SessionStates.New | SessionStates.Related
        | SessionStates.Established | SessionStates.Untracked;

    private static readonly uint[] Greatest = [uint.MaxValue, uint.MaxValue, 255, 65_535, 65_535, 4, 65_535, 255];

    private static readonly Intervals[] Everything = [.. Greatest.Select(greatest => Intervals.Of(0, greatest))];

    private readonly Intervals[] _fields = [.. Everything];
    private readonly List<IRuleMatch> _others = [];

    private RuleRegion()
    {
    }

    /// <summary>The match that left nothing of a field; null while every field has values.</summary>
    internal int? EmptyAt { get; private set; }

    /// <summary>True if some of the packets that the fields describe do not fit, or not always.</summary>
    internal bool HasOthers => _others.Count > 0;

    /// <summary>True for a rule that every packet fits.</summary>
    internal bool IsEverything => !HasOthers && _fields.AsSpan().SequenceEqual(Everything);

    internal static RuleRegion Of(Rule rule)
    {
        RuleRegion region = new();
        for (int i = 0; i < rule.Matches.Count; i++)
        {
            if (!region.TryNarrow(rule.Matches[i]) && rule.Matches[i] is not CommentMatch)
            {
                region._others.Add(rule.Matches[i]);
            }

            if (region.EmptyAt is null && (region._fields.Any(field => field.IsEmpty) || IsNever(rule.Matches[i])))
            {
                region.EmptyAt = i;
            }
        }

        return region;
    }

    internal Intervals this[Field field]
    {
        get => _fields[(int)field];
        private set => _fields[(int)field] = value;
    }

    /// <summary>The same with other values for a field.</summary>
    internal RuleRegion With(Field field, Intervals values)
    {
        RuleRegion changed = new();
        _fields.CopyTo(changed._fields, 0);
        changed._others.AddRange(_others);
        changed[field] = values;
        return changed;
    }

    /// <summary>True if every packet that fits <paramref name="other"/> certainly fits this.</summary>
    internal bool Covers(RuleRegion other)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if (!_fields[i].Contains(other._fields[i]))
            {
                return false;
            }
        }

        return _others.TrueForAll(mine => other._others.Exists(theirs => Covers(mine, theirs)));
    }

    /// <summary>True if a packet may fit both, as far as the fields say.</summary>
    internal bool MayOverlap(RuleRegion other)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if (!_fields[i].Overlaps(other._fields[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Covers(IRuleMatch mine, IRuleMatch theirs) => (mine, theirs) switch
    {
        // What fits one packet and not the next alike covers nothing.
        (LimitMatch or RandomMatch or NthMatch or ConnlimitMatch, _) => false,
        (InInterfaceMatch { Interface.IsNegated: false } a, InInterfaceMatch { Interface.IsNegated: false } b)
            => a.Interface.Value.Contains(b.Interface.Value),
        (OutInterfaceMatch { Interface.IsNegated: false } a, OutInterfaceMatch { Interface.IsNegated: false } b)
            => a.Interface.Value.Contains(b.Interface.Value),
        _ => mine.Equals(theirs),
    };

    private static bool IsNever(IRuleMatch match) => match switch
    {
        InInterfaceMatch { Interface: { IsNegated: true, Value.Text: "+" } } => true,
        OutInterfaceMatch { Interface: { IsNegated: true, Value.Text: "+" } } => true,
        TcpMatch { Flags: { IsNegated: false, Value: var test } } => (test.Set & ~test.Mask) != 0,
        TcpMatch { Flags: { IsNegated: true, Value: { Mask: 0, Set: 0 } } } => true,
        IcmpMatch { Kind: { IsNegated: true, Value.Type: null } } => true,
        MarkMatch { Mark: { IsNegated: false, Value: var mark } } => (mark.Value & ~mark.Mask) != 0,
        RandomMatch { Probability: { IsNegated: false, Value: 0 } } => true,
        RandomMatch { Probability: { IsNegated: true, Value: RandomMatch.Certain } } => true,
        _ => false,
    };

    // False if the match, or a part of it, is not about a field.
    private bool TryNarrow(IRuleMatch match)
    {
        switch (match)
        {
            case SourceMatch source:
                return TryNarrow(Field.Source, source.Addresses);
            case DestinationMatch destination:
                return TryNarrow(Field.Destination, destination.Addresses);
            case ProtocolMatch protocol:
                Narrow(Field.Protocol, Intervals.Of(Number(protocol), Number(protocol)), protocol.Protocol.IsNegated);
                return true;
            case AddressRangeMatch ranges:
                Narrow(Field.Source, ranges.Sources);
                Narrow(Field.Destination, ranges.Destinations);
                return true;
            case PortsMatch ports:
                Narrow(Field.SourcePort, ports.SourcePorts);
                Narrow(Field.DestinationPort, ports.DestinationPorts);
                return true;
            case TcpMatch tcp:
                Narrow(Field.SourcePort, tcp.SourcePorts);
                Narrow(Field.DestinationPort, tcp.DestinationPorts);
                return tcp.Flags is null;
            case MultiportMatch { Side: not PortSide.Both } list:
                Field side = list.Side == PortSide.Source ? Field.SourcePort : Field.DestinationPort;
                Narrow(side, Intervals.Of(list.Ports.Value.Select(Range)), list.Ports.IsNegated);
                return true;
            case LengthMatch length:
                Narrow(Field.Length, length.Lengths);
                return true;
            case TtlMatch ttl:
                Narrow(Field.TimeToLive, Intervals.Of(Fitting(ttl)), isNegated: false);
                return true;
            case StateMatch state:
                return TryNarrow(state.States);
            case ConntrackMatch { States: { } states } conntrack:
                return TryNarrow(states) && conntrack == new ConntrackMatch { States = states };
            default:
                return false;
        }
    }

    private bool TryNarrow(Field field, Condition<MaskedAddress> addresses)
    {
        MaskedAddress block = addresses.Value;
        if (block.IsPrefix)
        {
            uint first = block.Address.Value;
            Narrow(field, Intervals.Of(first, first | ~block.Mask), addresses.IsNegated);
        }

        return block.IsPrefix;
    }

    // A packet is in exactly one of the states that Exclusive has; it may be of a translated session besides.
    private bool TryNarrow(Condition<SessionStates> states)
    {
        if ((states.Value & ~Exclusive) != 0)
        {
            return false;
        }

        IEnumerable<uint> bits = Enumerable.Range(0, 5)
            .Where(bit => ((int)states.Value >> bit & 1) != 0).Select(bit => (uint)bit);
        Narrow(Field.State, Intervals.Of(bits.Select(bit => (bit, bit))), states.IsNegated);
        return true;
    }

    private void Narrow(Field field, Condition<PortRange>? ports)
    {
        if (ports is { } given)
        {
            Narrow(field, Intervals.Of(given.Value.First, given.Value.Last), given.IsNegated);
        }
    }

    private void Narrow(Field field, Condition<AddressRange>? addresses)
    {
        if (addresses is { } given)
        {
            Narrow(field, Intervals.Of(given.Value.First.Value, given.Value.Last.Value), given.IsNegated);
        }
    }

    private void Narrow(Field field, Intervals values, bool isNegated)
        => this[field] = this[field].Intersection(isNegated ? values.Complement(Greatest[(int)field]) : values);

    private static uint Number(ProtocolMatch match) => (byte)match.Protocol.Value;

    private static (uint First, uint Last) Range(PortRange ports) => (ports.First, ports.Last);

    private static IEnumerable<(uint First, uint Last)> Fitting(TtlMatch match)
        => Enumerable.Range(0, 256).Where(ttl => match.Fits((byte)ttl)).Select(ttl => ((uint)ttl, (uint)ttl));
}
