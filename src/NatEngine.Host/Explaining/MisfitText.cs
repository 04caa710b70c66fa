using System.Globalization;
using NatEngine.Packets;
using NatEngine.Rules;
using NatEngine.Rules.Matches;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Says what a packet has instead of what a rule asks for.</summary>
internal static class MisfitText
{
    /// <summary>What it has.</summary>
    /// <param name="match">The condition that it does not fit.</param>
    /// <param name="packet">The packet as the rule saw it.</param>
    /// <param name="names">Knows the interfaces.</param>
    internal static string Of(IRuleMatch match, PacketAtHook packet, GatewayNames names) => match switch
    {
        SourceMatch => $"source is {packet.Tuple.Source.Address}",
        DestinationMatch => $"destination is {packet.Tuple.Destination.Address}",
        InInterfaceMatch => $"it comes in by {names.Of(packet.Ingress)}",
        OutInterfaceMatch => $"it leaves by {names.Of(packet.Egress)}",
        ProtocolMatch => $"protocol is {ProtocolNames.NameOf(packet.Tuple.Protocol)}",
        StateMatch => StateOf(packet),
        TcpMatch { Flags: not null } => $"flags are {PacketText.FlagsOf(packet.Facts)}",
        TcpMatch { SourcePorts: not null } or PortsMatch { SourcePorts: not null } => SourcePortOf(packet),
        TcpMatch or PortsMatch => DestinationPortOf(packet),
        MultiportMatch { Side: PortSide.Source } => SourcePortOf(packet),
        MultiportMatch { Side: PortSide.Destination } => DestinationPortOf(packet),
        MultiportMatch => $"{SourcePortOf(packet)}, {DestinationPortOf(packet)}",
        AddressRangeMatch { Sources: not null } => $"source is {packet.Tuple.Source.Address}",
        AddressRangeMatch => $"destination is {packet.Tuple.Destination.Address}",
        SetMatch set => OfSet(set, packet),
        ConntrackMatch conntrack => OfSession(conntrack, packet),
        _ => OfPacket(match, packet),
    };

    private static string OfPacket(IRuleMatch match, PacketAtHook packet) => match switch
    {
        IcmpMatch => $"it is of {PacketText.TypeOf(packet.Facts)}",
        MarkMatch => string.Create(CultureInfo.InvariantCulture, $"mark is 0x{packet.Mark:x}"),
        FragmentMatch => "packets are whole here",
        LengthMatch => $"length is {Number(packet.Facts.NetworkLength)}",
        TtlMatch => $"time to live is {Number(packet.TimeToLive)}",
        MacMatch when packet.Facts.Station == default => "the station is not known",
        MacMatch => $"station is {packet.Facts.Station}",
        LimitMatch => "the rate is used up",
        NthMatch => "it is another packet's turn",
        ConnlimitMatch { IsAbove: true } => "there are not so many sessions",
        ConnlimitMatch => "there are more sessions",
        RandomMatch => "chance decides; supposed against it",
        _ => "the packet does not fit",
    };

    private static string OfSet(SetMatch set, PacketAtHook packet)
    {
        TransportAddress end = set.IsByDestination ? packet.Tuple.Destination : packet.Tuple.Source;
        return $"{(set.IsByDestination ? "destination" : "source")} is {end.Address}";
    }

    private static string OfSession(ConntrackMatch match, PacketAtHook packet) => match switch
    {
        { States: not null } => StateOf(packet),
        { Protocol: not null } => $"the session's protocol is {ProtocolNames.NameOf(packet.Original.Protocol)}",
        { IsOriginalDirection: not null } => $"direction is {(packet.Direction == TupleDirection.Original
            ? "ORIGINAL"
            : "REPLY")}",
        { OriginalSource: not null } or { OriginalSourcePorts: not null }
            => $"the session's original source is {packet.Original.Source}",
        { OriginalDestination: not null } or { OriginalDestinationPorts: not null }
            => $"the session's original destination is {packet.Original.Destination}",
        { ReplySource: not null } or { ReplySourcePorts: not null }
            => $"the session's reply source is {packet.Reply.Source}",
        _ => $"the session's reply destination is {packet.Reply.Destination}",
    };

    private static string StateOf(PacketAtHook packet) => $"state is {SessionStateNames.Text(packet.States)}";

    private static string SourcePortOf(PacketAtHook packet) => $"source port is {Number(packet.Tuple.Source.Port)}";

    private static string DestinationPortOf(PacketAtHook packet)
        => $"destination port is {Number(packet.Tuple.Destination.Port)}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
