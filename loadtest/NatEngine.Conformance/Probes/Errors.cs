using System;
using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>ICMP errors, from either side, and what must become of them (RFC 5508 section 4).</summary>
internal static class Errors
{
    /// <summary>Octets that every error embeds at least: a header without options and eight more (RFC 792).</summary>
    public const int LeastEmbedded = 28;

    /// <summary>Sends an error about a packet to its source, and it must arrive with that packet as its sender sent
    /// it.</summary>
    /// <param name="from">Who complains.</param>
    /// <param name="about">The packet, as it arrived where the complaint comes from.</param>
    /// <param name="to">Who must hear of it.</param>
    /// <param name="original">The packet as that host sent it.</param>
    /// <param name="type">3 or 11.</param>
    /// <param name="code">Of that type.</param>
    /// <returns>The error as it arrived.</returns>
    public static IPv4Packet Reaches(
        WireHost from, IPv4Packet about, WireHost to, IPv4Packet original, byte type, byte code)
        => Reaches(from, IcmpPacket.Error(from.Address, about.Source, type, code, Start(about)), to, original);

    /// <summary>The same with the error made already.</summary>
    public static IPv4Packet Reaches(WireHost from, IPv4Packet error, WireHost to, IPv4Packet original)
    {
        from.Send(error);
        IPv4Packet seen = to.Receive(
            $"ICMP {IcmpPacket.Type(error)}/{IcmpPacket.Code(error)} about a packet to {original.Destination}",
            packet => IsAbout(packet, original)
                && IcmpPacket.Type(packet) == IcmpPacket.Type(error)
                && IcmpPacket.Code(packet) == IcmpPacket.Code(error));
        IPv4Packet embedded = IcmpPacket.Embedded(seen)!;
        Scene.Require(!embedded.HasBadChecksum, "the embedded header's checksum is wrong");
        return seen;
    }

    /// <summary>Whether a packet is an error about one that was sent, as its sender knows it.</summary>
    public static bool IsAbout(IPv4Packet packet, IPv4Packet original)
    {
        if (IcmpPacket.Embedded(packet) is not { } embedded
            || !embedded.Source.Equals(original.Source)
            || !embedded.Destination.Equals(original.Destination)
            || embedded.Protocol != original.Protocol)
        {
            return false;
        }

        // Of a query the identifier has to be right, of everything else the ports.
        int at = original.Protocol == IPv4Packet.Icmp ? 4 : 0;
        return embedded.Word(at) == original.Word(at)
            && (original.Protocol == IPv4Packet.Icmp || embedded.Word(at + 2) == original.Word(at + 2));
    }

    /// <summary>As much of a packet as an error embeds at least.</summary>
    public static byte[] Start(IPv4Packet packet)
    {
        byte[] octets = packet.ToOctets();
        return octets[..Math.Min(octets.Length, LeastEmbedded + packet.Options.Length)];
    }

    /// <summary>Sends an error and waits until it is through, if it is let through.</summary>
    public static void Send(Scene scene, WireHost from, IPAddress to, byte type, byte code, byte[] embedded)
    {
        from.Send(IcmpPacket.Error(from.Address, to, type, code, embedded));
        scene.Settle();
    }
}
