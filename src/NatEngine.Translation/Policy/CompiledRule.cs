using NatEngine.Packets;
using NatEngine.Rules.Matches;

namespace NatEngine.Translation.Policy;

/// <summary>A rule as packets are held against it: what most rules ask is here, in one cache line; the rest are tests
/// beside it.</summary>
internal struct CompiledRule
{
    /// <summary>The source address under <see cref="SourceMask"/>, host byte order.</summary>
    public uint Source;

    /// <summary>The bits of the source that count; 0 if any source fits.</summary>
    public uint SourceMask;

    /// <summary>See <see cref="Source"/>.</summary>
    public uint Destination;

    /// <summary>See <see cref="SourceMask"/>.</summary>
    public uint DestinationMask;

    /// <summary>The source ports that fit, and the number of ports above the first.</summary>
    public ushort SourcePort;

    /// <summary>See <see cref="SourcePort"/>.</summary>
    public ushort SourcePortSpan;

    /// <summary>See <see cref="SourcePort"/>.</summary>
    public ushort DestinationPort;

    /// <summary>See <see cref="SourcePort"/>.</summary>
    public ushort DestinationPortSpan;

    /// <summary>The first of <see cref="RuleProgram"/>'s tests that belong to this rule.</summary>
    public int FirstTest;

    /// <summary>What <see cref="Action"/> needs: the place of the first rule of a chain, or of a target.</summary>
    public int Operand;

    /// <summary>How many tests belong to this rule.</summary>
    public ushort Tests;

    /// <summary>The protocol; means nothing unless <see cref="HasProtocol"/>.</summary>
    public IpProtocol Protocol;

    /// <summary>The realms that the packet may come in from, a bit each.</summary>
    public byte Entrances;

    /// <summary>The realms that it may leave by, a bit each.</summary>
    public byte Exits;

    /// <summary>What is done.</summary>
    public RuleAction Action;

    /// <summary>The states that fit; means nothing unless <see cref="HasStates"/>.</summary>
    public byte States;

    /// <summary>True if the protocol is asked.</summary>
    public bool HasProtocol;

    /// <summary>True if every protocol but that one fits.</summary>
    public bool NotProtocol;

    /// <summary>True if every source but those fits.</summary>
    public bool NotSource;

    /// <summary>True if every destination but those fits.</summary>
    public bool NotDestination;

    /// <summary>True if every source port but those fits.</summary>
    public bool NotSourcePort;

    /// <summary>True if every destination port but those fits.</summary>
    public bool NotDestinationPort;

    /// <summary>True if the states are asked.</summary>
    public bool HasStates;

    /// <summary>True if every state but those fits.</summary>
    public bool NotStates;

    /// <summary>A rule that every packet fits.</summary>
    public static CompiledRule OfEverything(RuleAction action, int operand) => new()
    {
        SourcePortSpan = ushort.MaxValue,
        DestinationPortSpan = ushort.MaxValue,
        Entrances = byte.MaxValue,
        Exits = byte.MaxValue,
        Action = action,
        Operand = operand,
    };

    /// <summary>True if the packet fits, as far as can be told without the tests.</summary>
    public readonly bool MayFit(in FlowTuple tuple, SessionStates states, Realm ingress, Realm egress)
    {
        TransportAddress source = tuple.Source;
        TransportAddress destination = tuple.Destination;
        return ((((source.Address.Value ^ Source) & SourceMask) == 0) != NotSource)
            && ((((destination.Address.Value ^ Destination) & DestinationMask) == 0) != NotDestination)
            && (!HasProtocol || (tuple.Protocol == Protocol) != NotProtocol)
            && (((ushort)(destination.Port - DestinationPort) <= DestinationPortSpan) != NotDestinationPort)
            && (((ushort)(source.Port - SourcePort) <= SourcePortSpan) != NotSourcePort)
            && ((Entrances >> (int)ingress) & (Exits >> (int)egress) & 1) != 0
            && (!HasStates || (((byte)states & States) != 0) != NotStates);
    }
}
