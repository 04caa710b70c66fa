using System;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>What a router does with a packet that cannot simply be sent on: looks for its next hop, has it wait, cuts
/// it, or refuses it and says why (RFC 1812 section 5.2).</summary>
internal sealed class HopFinder(
    Link internalLink,
    Link externalLink,
    Translator translator,
    NeighbourTable neighbours,
    WaitingPackets waiting,
    IcmpErrorSender errors,
    ResetSender resets,
    FragmentCutter cutter,
    LaneBorder? border = null)
{
    private readonly HeldSyns _syns = new(externalLink, translator, errors);

    /// <summary>True if packets or fragments are left for the next batch.</summary>
    internal bool AnyReady => waiting.AnyReady || cutter.AnyReady;

    /// <summary>Decides about a packet that translation lets through.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Forward(PacketBatch batch, int index)
    {
        ref readonly PacketFacts facts = ref batch.Facts[index];
        ref readonly Verdict verdict = ref batch.Verdicts[index];
        if (IsExpired(facts))
        {
            RefuseExpired(batch, index);
            return;
        }

        Link egress = LinkOf(verdict.Egress);
        if (border?.Crosses(facts, verdict, egress.HardwareAddress, ref batch.Departures[index]) == true)
        {
            return;
        }

        if (LongestPacket(batch.Frames[index], facts) > egress.Mtu && !MayShorten(batch.Frames[index], facts, egress))
        {
            RefuseTooLong(batch, index, egress);
            return;
        }

        Route(batch, index, verdict, egress);
    }

    /// <summary>What <see cref="Forward"/> would say of a packet that is no super-frame, as far as it is known now
    /// whether its next hop answers.</summary>
    /// <param name="facts">The packet.</param>
    /// <param name="realm">The side that it leaves by.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="hop">Who takes it; null if that is not looked for.</param>
    internal DropReason Foretell(
        in PacketFacts facts, Realm realm, IPv4Address destination, out HopExplanation? hop)
    {
        hop = null;
        Link egress = LinkOf(realm);
        if (IsExpired(facts))
        {
            return DropReason.TimeToLiveExceeded;
        }

        if (facts.NetworkLength > egress.Mtu && !MayCut(facts))
        {
            return DropReason.FragmentationNeeded;
        }

        hop = new HopExplanation { Mtu = egress.Mtu };
        if (!egress.Routes.TryFind(destination, out IPv4Address nextHop, out bool isRouter))
        {
            return DropReason.NoRoute;
        }

        bool isKnown = neighbours.TryFind(realm, nextHop, out ushort number);
        hop = hop with
        {
            NextHop = nextHop,
            IsRouter = isRouter,
            State = isKnown ? neighbours.StateOf(number) : NeighbourState.None,
            Station = neighbours[number].Station,
        };
        return isKnown || !neighbours.IsFull ? DropReason.None : DropReason.NeighbourTableFull;
    }

    /// <summary>Drops a packet whose time to live is used up, and tells its sender (RFC 1812 section 5.3.1).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void RefuseExpired(PacketBatch batch, int index)
    {
        batch.Drop(index, DropReason.TimeToLiveExceeded);
        Report(batch, index, IcmpType.TimeExceeded, IcmpErrorSender.InTransit);
    }

    /// <summary>Drops a packet that translation refuses, and tells its sender if a rule says so, if it is one inside
    /// whom the gateway has no room for or does not let have more (RFC 5508 REQ-8), or, in time, one outside who asks
    /// for a connection that nobody wants (RFC 5382 REQ-4).</summary>
    /// <remarks>RFC 6888 REQ-11 would have "host unreachable" here, as for a neighbour that does not answer; this one
    /// says that it is the gateway's doing.</remarks>
    internal void Refuse(PacketBatch batch, int index, DropReason reason)
    {
        batch.Drop(index, reason);
        if (batch.Ingress == Realm.Internal && reason is DropReason.PortsExhausted or DropReason.SubscriberQuota
            or DropReason.SessionTableFull or DropReason.MappingTableFull)
        {
            Report(batch, index, IcmpType.DestinationUnreachable, IcmpErrorSender.Prohibited);
        }
        else if (reason == DropReason.RuleRejected)
        {
            Reject(batch, index, batch.Verdicts[index].Rejection);
        }
        else if (batch.Ingress == Realm.External && reason is DropReason.NoMapping or DropReason.Filtered)
        {
            _syns.Hold(batch, index);
        }
    }

    /// <summary>Puts fragments, packets that need wait no longer, and refusals that had to wait, into the batch, as far
    /// as there is room.</summary>
    internal void SendWaiting(PacketBatch batch)
    {
        _syns.Answer(batch);
        cutter.Send(batch);
        while (batch.HasRoom && waiting.TryTakeReady(out WaitingPacket packet))
        {
            _ = batch.TryAppend(packet.Frame, out int index);
            batch.Facts[index] = packet.Facts;
            batch.Verdicts[index] = packet.Verdict;
            ref readonly Neighbour hop = ref neighbours[packet.Neighbour];
            if (packet.Outcome == DropReason.None && hop.Station.IsUnicast)
            {
                neighbours.Use(packet.Neighbour, batch.Now);
                Depart(batch, index, packet.Verdict.Egress, hop);
                continue;
            }

            bool isUnreachable = packet.Outcome == DropReason.None;
            batch.Drop(index, isUnreachable ? DropReason.NeighbourUnresolved : packet.Outcome, packet.Ingress);
            if (isUnreachable)
            {
                errors.Send(
                    batch,
                    LinkOf(packet.Ingress),
                    packet.Frame.Octets,
                    packet.Facts,
                    IcmpType.DestinationUnreachable,
                    IcmpErrorSender.HostUnreachable);
            }
        }

        cutter.Send(batch);
    }

    // Of a super-frame, the longest of the packets that it will be cut into.
    private static int LongestPacket(Frame frame, in PacketFacts facts)
    {
        if (!frame.IsSuperFrame)
        {
            return facts.NetworkLength;
        }

        int headers = facts.Kind == PacketKind.Tcp
            ? facts.NetworkLength - facts.TcpPayloadLength
            : facts.TransportOffset - facts.NetworkOffset + UdpHeader.Length;
        return Math.Min(facts.NetworkLength, headers + frame.Header.GsoSize);
    }

    private static bool IsExpired(in PacketFacts facts) => facts.TimeToLive <= 1;

    // A packet that is too long may be cut, unless its sender forbids it. An ICMP error has its addresses from the
    // packet in its first fragment, and is never that long (RFC 1812 section 4.3.2.3).
    private static bool MayCut(in PacketFacts facts) => !facts.DontFragment && facts.Kind != PacketKind.IcmpError;

    // The kernel cuts a super-frame into segments as we tell it, shorter ones for TCP, to which that is all the same; a
    // datagram is as long as it is.
    private static bool MayShorten(Frame frame, in PacketFacts facts, Link egress)
    {
        if (!MayCut(facts))
        {
            return false;
        }

        if (!frame.IsSuperFrame)
        {
            return true;
        }

        int room = egress.Mtu - (facts.NetworkLength - facts.TcpPayloadLength);
        if (facts.Kind != PacketKind.Tcp || room <= 0)
        {
            return false;
        }

        frame.Header.GsoSize = (ushort)room;
        return true;
    }

    private void Depart(PacketBatch batch, int index, Realm egress, in Neighbour hop)
    {
        Departure departure = new() { Disposition = Disposition.Forward, Egress = egress, Station = hop.Station };
        Frame frame = batch.Frames[index];
        int mtu = LinkOf(egress).Mtu;
        ref readonly PacketFacts facts = ref batch.Facts[index];
        if (LongestPacket(frame, facts) <= mtu)
        {
            batch.Departures[index] = departure;
            return;
        }

        DropReason reason = cutter.Cut(frame, facts, batch.Verdicts[index], departure, mtu);
        if (reason == DropReason.None)
        {
            batch.Departures[index].Disposition = Disposition.Cut;
        }
        else
        {
            batch.Drop(index, reason);
        }
    }

    private void RefuseTooLong(PacketBatch batch, int index, Link egress)
    {
        batch.Drop(index, DropReason.FragmentationNeeded);
        if (batch.Facts[index].DontFragment)
        {
            Report(
                batch, index, IcmpType.DestinationUnreachable, IcmpErrorSender.FragmentationNeeded, egress.Mtu);
        }
    }

    private void Route(PacketBatch batch, int index, in Verdict verdict, Link egress)
    {
        IPv4Address destination = verdict.Rewrite.Destination.Address;
        if (!egress.Routes.TryFind(destination, out IPv4Address nextHop, out bool isRouter))
        {
            batch.Drop(index, DropReason.NoRoute);
            if (!egress.Routes.IsBroadcast(destination))
            {
                Report(batch, index, IcmpType.DestinationUnreachable, IcmpErrorSender.NetworkUnreachable);
            }

            return;
        }

        ushort number = neighbours.FindOrAdd(egress.Realm, nextHop, isRouter);
        if (number == 0)
        {
            batch.Drop(index, DropReason.NeighbourTableFull);
            return;
        }

        translator.SetNextHop(verdict.Session, verdict.Direction, number);
        neighbours.Use(number, batch.Now);
        ref readonly Neighbour hop = ref neighbours[number];
        if (hop.Station.IsUnicast)
        {
            Depart(batch, index, egress.Realm, hop);
            return;
        }

        DropReason reason = waiting.Add(number, batch, index);
        if (reason == DropReason.None)
        {
            batch.Departures[index].Disposition = Disposition.Wait;
        }
        else
        {
            batch.Drop(index, reason);
        }
    }

    private void Reject(PacketBatch batch, int index, byte rejection)
    {
        if (rejection == Verdict.Reset)
        {
            resets.Send(batch, LinkOf(batch.Ingress), batch.Frames[index].Octets, batch.Facts[index]);
        }
        else
        {
            Report(batch, index, IcmpType.DestinationUnreachable, rejection);
        }
    }

    private void Report(PacketBatch batch, int index, IcmpType type, byte code, int mtu = 0)
        => errors.Send(
            batch, LinkOf(batch.Ingress), batch.Frames[index].Octets, batch.Facts[index], type, code, mtu);

    private Link LinkOf(Realm realm) => realm == Realm.Internal ? internalLink : externalLink;
}
