using NatEngine.Packets;

namespace NatEngine.Translation.Policy;

/// <summary>Which destination DNAT or NETMAP gives a session.</summary>
internal sealed record DestinationTarget
{
    /// <summary>The lowest of the addresses, or, of NETMAP, the leading bits; null if the address stays.</summary>
    public IPv4Address? First { get; init; }

    /// <summary>How many addresses there are above the lowest.</summary>
    public uint Span { get; init; }

    /// <summary>Of NETMAP, the bits of the destination that it keeps, host byte order; 0 otherwise.</summary>
    public uint KeptBits { get; init; }

    /// <summary>The ports; null if the port stays.</summary>
    public PortRange? Ports { get; init; }

    /// <summary>The port that becomes the first of <see cref="Ports"/>; null if they are not shifted.</summary>
    public ushort? BasePort { get; init; }

    /// <summary>True if ports are drawn even where the packet's own is among them.</summary>
    public bool IsRandom { get; init; }

    /// <summary>True if a client always meets the same address; else it depends on whom he asked for, too.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>The new destination of a packet.</summary>
    public TransportAddress Of(ref RuleSubject subject)
        => new(AddressOf(subject.Tuple), PortOf(ref subject));

    /// <summary>True if it could have given a packet with that tuple that destination.</summary>
    public bool CanGive(in FlowTuple tuple, TransportAddress given)
        => CanGive(tuple.Destination.Address, given.Address) && CanGive(tuple, given.Port);

    private bool CanGive(IPv4Address asked, IPv4Address given)
    {
        if (First is not IPv4Address first)
        {
            return given == asked;
        }

        return KeptBits != 0
            ? given.Value == (first.Value | (asked.Value & KeptBits))
            : given.Value - first.Value <= Span;
    }

    private bool CanGive(in FlowTuple tuple, ushort given)
    {
        ushort asked = tuple.Destination.Port;
        if (Ports is not PortRange ports || tuple.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp))
        {
            return given == asked;
        }

        return BasePort is ushort from ? given == Shifted(asked, from, ports)
            : !IsRandom && ports.Contains(asked) ? given == asked
            : ports.Contains(given);
    }

    private static ushort Shifted(ushort port, ushort from, PortRange ports)
        => (ushort)(ports.First + ((ushort)(port - from) % ports.Count));

    private IPv4Address AddressOf(in FlowTuple tuple)
    {
        uint destination = tuple.Destination.Address.Value;
        if (First is not IPv4Address first)
        {
            return tuple.Destination.Address;
        }

        if (KeptBits != 0)
        {
            return new IPv4Address(first.Value | (destination & KeptBits));
        }

        return new IPv4Address(first.Value + ChoiceOfAddress.Of(tuple, IsPersistent, Span + 1UL));
    }

    private ushort PortOf(ref RuleSubject subject)
    {
        ushort port = subject.Tuple.Destination.Port;
        if (Ports is not PortRange ports || subject.Tuple.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp))
        {
            return port;
        }

        if (BasePort is ushort from)
        {
            return Shifted(port, from, ports);
        }

        if (!IsRandom && ports.Contains(port))
        {
            return port;
        }

        return (ushort)(ports.First + (IsRandom ? subject.Random.Next(ports.Count) : 0));
    }
}
