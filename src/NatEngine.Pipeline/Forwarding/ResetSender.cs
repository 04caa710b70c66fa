using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>Answers a segment that a rule rejects with a TCP reset, in the name of whom it was sent to (RFC 9293
/// section 3.10.7.1; nf_reject_ipv4.c).</summary>
internal sealed class ResetSender(FramePool pool)
{
    private const byte WordsOfHeader = TcpHeader.MinLength / 4 << 4;

    // As many as there may be ICMP errors.
    private readonly TokenBucket _limit = new(perSecond: 1000, burst: 50);

    /// <summary>Adds a reset to the batch, to be sent to the station that the segment came from; or does not, if the
    /// segment is a reset or no segment at all, too many were sent, or there is no room.</summary>
    /// <param name="batch">The batch that carries the reset away.</param>
    /// <param name="link">Where the segment came from, and the reset goes.</param>
    /// <param name="frame">The frame as it was received.</param>
    /// <param name="facts">What was read from it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Send(PacketBatch batch, Link link, Span<byte> frame, in PacketFacts facts)
    {
        if (facts.Kind != PacketKind.Tcp || (facts.TcpFlags & TcpFlags.Rst) != 0 || !facts.Source.IsUnicast
            || !batch.HasRoom || !_limit.TryTake(batch.Now))
        {
            return;
        }

        int length = EthernetHeader.Length + IPv4Header.MinLength + TcpHeader.MinLength;
        if (!pool.TryRent(length, out Frame reset) || !batch.TryAppend(reset, out int index))
        {
            return;
        }

        Span<byte> octets = reset.Octets;
        EthernetHeader.Write(octets, MacAddress.Read(frame[MacAddress.Length..]), link.HardwareAddress, EtherType.IPv4);
        Span<byte> packet = octets[EthernetHeader.Length..];
        IPv4Header.Create(packet, facts.Destination, facts.Source, IpProtocol.Tcp, (ushort)packet.Length);
        WriteSegment(packet[IPv4Header.MinLength..], facts);
        batch.Departures[index] = new Departure { Disposition = Disposition.Send, Egress = link.Realm };
    }

    // What acknowledges is told where it is; what does not is acknowledged.
    private static void WriteSegment(Span<byte> segment, in PacketFacts facts)
    {
        segment.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(segment, facts.Tuple.Destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], facts.Tuple.Source.Port);
        if ((facts.TcpFlags & TcpFlags.Ack) != 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(segment[4..], facts.TcpAcknowledgment);
            segment[13] = (byte)TcpFlags.Rst;
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(segment[8..], EndOf(facts));
            segment[13] = (byte)(TcpFlags.Rst | TcpFlags.Ack);
        }

        segment[12] = WordsOfHeader;
        ushort before = InternetChecksum.PseudoHeaderSum(
            facts.Destination, facts.Source, IpProtocol.Tcp, (ushort)segment.Length);
        BinaryPrimitives.WriteUInt16BigEndian(
            segment[TcpHeader.ChecksumOffset..], InternetChecksum.Compute(segment, before));
    }

    // SYN and FIN take a number each.
    private static uint EndOf(in PacketFacts facts)
        => facts.TcpSequence + facts.TcpPayloadLength
            + ((facts.TcpFlags & TcpFlags.Syn) != 0 ? 1u : 0)
            + ((facts.TcpFlags & TcpFlags.Fin) != 0 ? 1u : 0);
}
