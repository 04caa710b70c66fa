using System;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>Tells senders why their packets go no further (RFC 1812 section 4.3).</summary>
internal sealed class IcmpErrorSender(FramePool pool)
{
    /// <summary>Code of <see cref="IcmpType.DestinationUnreachable"/>: no route.</summary>
    internal const byte NetworkUnreachable = 0;

    /// <summary>Code of <see cref="IcmpType.DestinationUnreachable"/>: the next hop does not answer.</summary>
    internal const byte HostUnreachable = 1;

    /// <summary>Code of <see cref="IcmpType.DestinationUnreachable"/>: nobody listens there.</summary>
    internal const byte PortUnreachable = 3;

    /// <summary>Code of <see cref="IcmpType.DestinationUnreachable"/>: larger than the next link, and must not be
    /// fragmented.</summary>
    internal const byte FragmentationNeeded = 4;

    /// <summary>Code of <see cref="IcmpType.DestinationUnreachable"/>: communication administratively prohibited (RFC
    /// 1812 section 5.2.7.1).</summary>
    internal const byte Prohibited = 13;

    /// <summary>Code of <see cref="IcmpType.TimeExceeded"/>: on the way.</summary>
    internal const byte InTransit = 0;

    // RFC 1812 section 4.3.2.3: as much of the packet as fits into 576 octets of error.
    private const int MaxErrorLength = 576;
    private const byte TimeToLive = 64;

    // RFC 1812 section 4.3.2.5: precedence 6, internetwork control.
    private const byte TrafficClass = 0xC0;

    // Linux's icmp_msgs_per_sec and icmp_msgs_burst (RFC 1812 section 4.3.2.8 asks for a limit and names none).
    private readonly TokenBucket _limit = new(perSecond: 1000, burst: 50);

    /// <summary>Adds an error about a frame to the batch, to be sent to the station that the frame came from; or does
    /// not, if the packet is of a kind that no error is sent about, too many were sent, or there is no room.</summary>
    /// <param name="batch">The batch that carries the error away.</param>
    /// <param name="link">Where the frame came from, and the error goes.</param>
    /// <param name="frame">The frame as it was received, or the first octets of it.</param>
    /// <param name="facts">What was read from it.</param>
    /// <param name="type">The error's type.</param>
    /// <param name="code">The error's code.</param>
    /// <param name="mtu">The next link's MTU, for <see cref="FragmentationNeeded"/> (RFC 1191); else 0.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Send(
        PacketBatch batch, Link link, Span<byte> frame, in PacketFacts facts, IcmpType type, byte code, int mtu = 0)
    {
        // With an address of ours as its source the packet has crossed from another lane, or somebody claims to be us:
        // on the link there is nobody to tell.
        if (!batch.HasRoom
            || !MayBeAbout(facts)
            || link.IsLocal(facts.Source)
            || !link.TrySpeakAs(facts.Source, out IPv4Address source)
            || !_limit.TryTake(batch.Now))
        {
            return;
        }

        int headers = EthernetHeader.Length + IPv4Header.MinLength + IcmpHeader.Length;
        int length = Math.Min(facts.NetworkLength, frame.Length - facts.NetworkOffset);
        int quoted = Math.Min(length, MaxErrorLength - IPv4Header.MinLength - IcmpHeader.Length);
        if (!pool.TryRent(headers + quoted, out Frame error) || !batch.TryAppend(error, out int index))
        {
            return;
        }

        Span<byte> octets = error.Octets;
        EthernetHeader.Write(octets, MacAddress.Read(frame[MacAddress.Length..]), link.HardwareAddress, EtherType.IPv4);
        Span<byte> packet = octets[EthernetHeader.Length..];
        IPv4Header.Create(
            packet, source, facts.Source, IpProtocol.Icmp, (ushort)packet.Length, TimeToLive, TrafficClass);
        Span<byte> message = packet[IPv4Header.MinLength..];
        message[..IcmpHeader.Length].Clear();
        frame.Slice(facts.NetworkOffset, quoted).CopyTo(message[IcmpHeader.Length..]);
        _ = IcmpHeader.TryParse(message, out IcmpHeader icmp);
        icmp.Type = type;
        icmp.Code = code;
        icmp.NextHopMtu = (ushort)mtu;
        icmp.Checksum = InternetChecksum.Compute(message);
        batch.Departures[index] = new Departure { Disposition = Disposition.Send, Egress = link.Realm };
    }

    // RFC 1812 section 4.3.2.7: not about errors, not about fragments but the first, not to a source that is no host.
    // Link-layer broadcasts never come this far.
    private static bool MayBeAbout(in PacketFacts facts)
        => facts.Kind is not (PacketKind.IcmpError or PacketKind.OtherIcmp or PacketKind.LaterFragment)
            && facts.Source.IsUnicast;
}
