using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation.Tcp;

namespace NatEngine.Translation;

/// <summary>Decides what may be the first packet of a session.</summary>
internal sealed class Openings(TranslationOptions options)
{
    // IANA protocol numbers of what has a checksum over the addresses that nobody here updates.
    private const IpProtocol Dccp = (IpProtocol)33;
    private const IpProtocol AuthenticationHeader = (IpProtocol)51;

    private readonly bool _midStreamPickup = options.MidStreamPickup;
    private readonly bool _otherProtocols = options.OtherProtocols;

    /// <summary>Why a packet of this kind never opens a session, whoever sends it; <see cref="DropReason.None"/> if it
    /// may.</summary>
    public DropReason RefusalOf(in PacketFacts packet) => packet.Kind switch
    {
        PacketKind.Tcp or PacketKind.Udp or PacketKind.IcmpQuery => DropReason.None,
        PacketKind.IcmpError => DropReason.UnrelatedIcmpError,
        PacketKind.OtherIcmp => DropReason.UnsupportedIcmp,
        PacketKind.LaterFragment => DropReason.Fragment, // its ports are in the first one
        _ => _otherProtocols
            && packet.Tuple.Protocol is not (IpProtocol.UdpLite or Dccp or AuthenticationHeader)
                ? DropReason.None
                : DropReason.UnsupportedProtocol,
    };

    /// <summary>True if the inside may open a session with this packet.</summary>
    public bool OpensFromInside(in PacketFacts packet)
    {
        switch (packet.Kind)
        {
            case PacketKind.Tcp:
                TcpFlags control = packet.TcpFlags & TcpTracker.Control;
                return control == TcpFlags.Syn
                    || (_midStreamPickup && control is TcpFlags.Ack or (TcpFlags.Ack | TcpFlags.Fin));
            case PacketKind.IcmpQuery:
                return Asks(packet.IcmpType);
            default:
                return true;
        }
    }

    /// <summary>True if the outside may open a session with this packet, where it may open one at all: a connection
    /// begins with SYN and with nothing else.</summary>
    public static bool OpensFromOutside(in PacketFacts packet)
        => packet.Kind != PacketKind.Tcp || (packet.TcpFlags & TcpTracker.Control) == TcpFlags.Syn;

    /// <summary>True if an ICMP message of that type is a question, not an answer.</summary>
    public static bool Asks(IcmpType type)
        => type is IcmpType.EchoRequest or IcmpType.TimestampRequest or IcmpType.AddressMaskRequest;
}
