using System;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>Listens to ARP on both links, answers for the addresses that the engine owns, and asks what the neighbour
/// table wants to know (RFC 826).</summary>
/// <remarks>An entry is made only for who asks for an address of ours, or whom we asked; what else is heard updates
/// what is known, and no more. So a host on the link can lie about itself, but not fill the table.</remarks>
internal sealed class ArpSpeaker(Link internalLink, Link externalLink, NeighbourTable neighbours, FramePool pool)
{
    // The shortest Ethernet frame without its check sequence (IEEE 802.3); the rest is padding.
    private const int FrameLength = 60;

    /// <summary>Takes an ARP packet that was received, and answers it where it stands if it asks for an owned address.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Hear(PacketBatch batch, int index)
    {
        Link link = LinkOf(batch.Ingress);
        Span<byte> frame = batch.Frames[index].Octets;
        ref Departure departure = ref batch.Departures[index];
        departure.Disposition = Disposition.LeaveToKernel;
        if (!ArpPacket.TryParse(frame[batch.Facts[index].NetworkOffset..], out ArpPacket arp)
            || !arp.SenderHardware.IsUnicast
            || arp.Operation is not (ArpOperation.Request or ArpOperation.Reply))
        {
            batch.Drop(index, DropReason.MalformedArp);
            return;
        }

        bool isRequest = arp.Operation == ArpOperation.Request;
        Count(link.Meter, isRequest);
        if (link.IsLocal(arp.SenderAddress) && arp.SenderHardware != link.HardwareAddress)
        {
            // RFC 5227 section 2.4: somebody else has our address. It must not become a neighbour.
            link.Meter.CountArpConflict();
            return;
        }

        bool isForUs = link.IsLocal(arp.TargetAddress);
        LearnSender(arp, link, isForUs, batch.Now);
        if (isRequest && link.Owns(arp.TargetAddress))
        {
            TurnIntoReply(frame, arp, link);
            link.Meter.CountArpReplySent();
            departure.Disposition = Disposition.Send;
            departure.Egress = batch.Ingress;
        }
    }

    /// <summary>Takes an ARP packet that another lane has heard and answered: learns from it, and says nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Overhear(PacketBatch batch, int index)
    {
        Link link = LinkOf(batch.Ingress);
        batch.Departures[index].Disposition = Disposition.HandOver;
        if (ArpPacket.TryParse(batch.Frames[index].Octets[batch.Facts[index].NetworkOffset..], out ArpPacket arp)
            && !link.IsLocal(arp.SenderAddress))
        {
            LearnSender(arp, link, link.IsLocal(arp.TargetAddress), batch.Now);
        }
    }

    /// <summary>True for an ARP packet that concerns the gateway, or in which somebody tells all about himself: not for
    /// what the hosts on a link ask each other.</summary>
    internal bool IsNews(PacketBatch batch, int index)
        => ArpPacket.TryParse(batch.Frames[index].Octets[batch.Facts[index].NetworkOffset..], out ArpPacket arp)
            && arp.SenderHardware.IsUnicast
            && (LinkOf(batch.Ingress).IsLocal(arp.TargetAddress) || arp.SenderAddress == arp.TargetAddress);

    /// <summary>Sends the requests that the table wants sent, as far as there is room.</summary>
    internal void Ask(PacketBatch batch)
    {
        while (batch.HasRoom && neighbours.TryTakeQuestion(out ArpQuestion question))
        {
            Ask(batch, question);
        }
    }

    private static void Count(PortMeter meter, bool isRequest)
    {
        if (isRequest)
        {
            meter.CountArpRequestReceived();
        }
        else
        {
            meter.CountArpReplyReceived();
        }
    }

    private static void TurnIntoReply(Span<byte> frame, ArpPacket arp, Link link)
    {
        IPv4Address asked = arp.TargetAddress;
        arp.Operation = ArpOperation.Reply;
        arp.TargetHardware = arp.SenderHardware;
        arp.TargetAddress = arp.SenderAddress;
        arp.SenderHardware = link.HardwareAddress;
        arp.SenderAddress = asked;
        arp.TargetHardware.Write(frame);
        link.HardwareAddress.Write(frame[MacAddress.Length..]);
    }

    private void LearnSender(ArpPacket arp, Link link, bool isForUs, Timestamp now)
    {
        IPv4Address sender = arp.SenderAddress;
        if (!sender.IsUnicast)
        {
            return; // a probe (RFC 5227) comes from 0.0.0.0
        }

        bool isRequest = arp.Operation == ArpOperation.Request;
        if (!neighbours.TryFind(link.Realm, sender, out ushort number))
        {
            number = isRequest && isForUs ? neighbours.FindOrAdd(link.Realm, sender, isRouter: false) : (ushort)0;
        }

        if (number != 0)
        {
            bool isAnswer = !isRequest && isForUs && arp.TargetHardware == link.HardwareAddress;
            neighbours.Learn(number, arp.SenderHardware, isAnswer, now);
        }
    }

    private void Ask(PacketBatch batch, ArpQuestion question)
    {
        Link link = LinkOf(question.Realm);

        // RFC 5227 section 2.1.1: a sender of 0.0.0.0 asks without claiming an address, for who has none.
        _ = link.TrySpeakAs(question.Target, out IPv4Address sender);
        if (!pool.TryRent(FrameLength, out Frame frame) || !batch.TryAppend(frame, out int index))
        {
            return; // the table repeats what stays unanswered
        }

        Span<byte> octets = frame.Octets;
        octets.Clear();
        EthernetHeader.Write(octets, question.Station, link.HardwareAddress, EtherType.Arp);
        ArpPacket arp = ArpPacket.Create(octets[EthernetHeader.Length..], ArpOperation.Request);
        arp.SenderHardware = link.HardwareAddress;
        arp.SenderAddress = sender;
        arp.TargetAddress = question.Target;
        batch.Departures[index] = new Departure { Disposition = Disposition.Send, Egress = question.Realm };
        link.Meter.CountArpRequestSent();
    }

    private Link LinkOf(Realm realm) => realm == Realm.Internal ? internalLink : externalLink;
}
