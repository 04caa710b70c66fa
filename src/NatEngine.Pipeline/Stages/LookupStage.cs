using System;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Pipeline.Placement;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Stages;

/// <summary>
/// Parses, asks translation, finds the next hop: everything that is decided about a packet is decided here, and travels
/// on in the batch by value. The only stage that touches the session and neighbour tables.
/// </summary>
/// <remarks>Between batches it sees to what time brings (sessions, neighbours) and to questions from outside, each in
/// slices, so that no packet waits long.</remarks>
internal sealed class LookupStage : IStage
{
    // As many sessions can be opened by a batch, so ending keeps up with opening; an idle lane takes larger slices.
    private const int ExpireWithPackets = 128;
    private const int ExpireWhenIdle = 2048;

    private readonly Link _internal;
    private readonly Link _external;
    private readonly Translator _translator;
    private readonly NeighbourTable _neighbours;
    private readonly WaitingPackets _waiting;
    private readonly WaitingFragments _fragments;
    private readonly ArpSpeaker _arp;
    private readonly HopFinder _hops;
    private readonly LaneSignals _signals;
    private readonly ControlQueue _questions;

    internal LookupStage(
        Link internalLink, Link externalLink, Translator translator, int maxNeighbours, FramePool pool,
        LaneSignals signals, ControlQueue questions)
    {
        _internal = internalLink;
        _external = externalLink;
        _translator = translator;
        _waiting = new WaitingPackets(maxNeighbours, pool);
        _fragments = new WaitingFragments(pool);
        _neighbours = new NeighbourTable(maxNeighbours, _waiting);
        _arp = new ArpSpeaker(internalLink, externalLink, _neighbours, pool);
        _hops = new HopFinder(
            internalLink, externalLink, translator, _neighbours, _waiting, new IcmpErrorSender(pool),
            new ResetSender(pool), new FragmentCutter(pool));
        _signals = signals;
        _questions = questions;
    }

    /// <summary>Who is known on the two links.</summary>
    internal NeighbourTable Neighbours => _neighbours;

    /// <inheritdoc/>
    public void Process(PacketBatch batch)
    {
        bool isTick = batch.ReceivedCount == 0;
        if (!isTick)
        {
            Parse(batch);
            _translator.Translate(batch.Facts, batch.Ingress, batch.Now, batch.Verdicts);
            Decide(batch);
        }

        KeepHouse(batch, isTick);
    }

    private void Parse(PacketBatch batch)
    {
        Link link = batch.Ingress == Realm.Internal ? _internal : _external;
        ReadOnlySpan<Frame> frames = batch.Frames;
        Span<PacketFacts> facts = batch.Facts;
        bool isForRules = _translator.AsksOfFrames;
        for (int index = 0; index < frames.Length; index++)
        {
            Span<byte> frame = frames[index].Octets;
            DropReason reason = isForRules
                ? PacketParser.ParseForRules(frame, out facts[index])
                : PacketParser.Parse(frame, out facts[index]);
            if (reason != DropReason.None)
            {
                facts[index] = default;
                batch.Drop(index, reason);
            }
            else if (!IsPlain(link, facts[index], MacAddress.Read(frame)))
            {
                SetAside(batch, index, link);
            }
        }
    }

    // True for what goes to translation as it is: a packet from a host to a host, through us and not to us.
    private bool IsPlain(Link link, in PacketFacts facts, MacAddress station)
    {
        if (facts.Kind <= PacketKind.Arp || station != link.HardwareAddress
            || !facts.Source.IsUnicast || !facts.Destination.IsUnicast)
        {
            return false;
        }

        // An expired packet from inside is refused before it opens a session. One from outside opens none, and may be
        // for the gateway itself, as one from inside to an external address may.
        return !IsEchoToUs(link, facts)
            && (link.Realm == Realm.External
                || (!_internal.IsLocal(facts.Destination)
                    && (facts.TimeToLive > 1 || _external.IsLocal(facts.Destination))));
    }

    // Nobody outside can ask through the NAT, and an identifier in a request is the asker's, not one of ours. The
    // internal addresses are the inside's to ask.
    private bool IsEchoToUs(Link link, in PacketFacts facts)
        => facts.IcmpType == IcmpType.EchoRequest && facts.Kind == PacketKind.IcmpQuery
            && (_external.IsLocal(facts.Destination)
                || (link.Realm == Realm.Internal && _internal.IsLocal(facts.Destination)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetAside(PacketBatch batch, int index, Link link)
    {
        ref PacketFacts facts = ref batch.Facts[index];
        MacAddress station = MacAddress.Read(batch.Frames[index].Octets);
        bool isForUs = station == link.HardwareAddress;
        bool isFromInside = link.Realm == Realm.Internal;
        if (facts.Kind == PacketKind.Arp && (isForUs || station == MacAddress.Broadcast))
        {
            _arp.Hear(batch, index);
        }
        else if (!isForUs || facts.Kind <= PacketKind.Arp
            || (isFromInside && _internal.IsHost(facts.Destination))
            || (_external.IsHost(facts.Destination) && IsEchoToUs(link, facts)))
        {
            // Another station's, a broadcast, another protocol, or addressed to the machine itself.
            LeaveToKernel(batch, index, link);
        }
        else if (!facts.Source.IsUnicast || !facts.Destination.IsUnicast)
        {
            batch.Drop(index, DropReason.Martian);
        }
        else if (IsEchoToUs(link, facts))
        {
            EchoResponder.Answer(batch, index);
        }
        else if (isFromInside && _internal.IsLocal(facts.Destination))
        {
            batch.Drop(index, DropReason.NoMapping); // an address of ours with nothing behind it
        }
        else
        {
            _hops.RefuseExpired(batch, index);
        }

        facts = default; // translation passes over it
    }

    private void Decide(PacketBatch batch)
    {
        ReadOnlySpan<PacketFacts> facts = batch.Facts;
        ReadOnlySpan<Verdict> verdicts = batch.Verdicts;
        int received = batch.ReceivedCount;
        for (int index = 0; index < received; index++)
        {
            Decide(batch, index, batch.Ingress, facts[index], verdicts[index]);
            if (facts[index].IsFragment && facts[index].Kind != PacketKind.LaterFragment)
            {
                _fragments.Settle(FragmentKey.Of(facts[index], batch.Ingress));
            }
        }
    }

    private void Decide(PacketBatch batch, int index, Realm ingress, in PacketFacts facts, in Verdict verdict)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Forward:
                Forward(batch, index, facts, verdict);
                break;
            case VerdictKind.Drop:
                Refuse(batch, index, ingress, verdict.Reason);
                break;
            case VerdictKind.Wait:
                KeepFragment(batch, index);
                break;
            default:
                break; // set aside already
        }
    }

    private void Forward(PacketBatch batch, int index, in PacketFacts facts, in Verdict verdict)
    {
        ref readonly Neighbour hop = ref _neighbours[verdict.NextHop];
        int mtu = verdict.Egress == Realm.Internal ? _internal.Mtu : _external.Mtu;
        if (facts.TimeToLive > 1 && facts.NetworkLength <= mtu && hop.Takes(verdict.Rewrite.Destination.Address))
        {
            ref Departure departure = ref batch.Departures[index];
            departure.Disposition = Disposition.Forward;
            departure.Egress = verdict.Egress;
            departure.Station = hop.Station;
        }
        else
        {
            _hops.Forward(batch, index);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepFragment(PacketBatch batch, int index)
    {
        DropReason reason = _fragments.Add(batch, index);
        if (reason == DropReason.None)
        {
            batch.Departures[index].Disposition = Disposition.Wait;
        }
        else
        {
            batch.Drop(index, reason);
        }
    }

    // Puts fragments that need wait no longer into the batch, as far as there is room, and has them judged now.
    private void SendFragments(PacketBatch batch)
    {
        while (batch.HasRoom && _fragments.TryTakeReady(out WaitingFragment fragment))
        {
            _ = batch.TryAppend(fragment.Frame, out int index);
            batch.Facts[index] = fragment.Facts;
            if (fragment.Outcome != DropReason.None)
            {
                batch.Drop(index, fragment.Outcome);
                continue;
            }

            Span<Verdict> verdict = batch.Verdicts.Slice(index, 1);
            _translator.Translate(batch.Facts.Slice(index, 1), fragment.Ingress, batch.Now, verdict);
            if (verdict[0].Kind == VerdictKind.Wait)
            {
                batch.Drop(index, DropReason.FragmentTimedOut); // forgotten while it stood in the queue
            }
            else
            {
                Decide(batch, index, fragment.Ingress, fragment.Facts, verdict[0]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refuse(PacketBatch batch, int index, Realm ingress, DropReason reason)
    {
        // What nobody asked for through the NAT may be the machine's own: its SSH, the answers to its own questions.
        bool mayBeHosts = reason is DropReason.NoMapping or DropReason.NotOurs or DropReason.UnrelatedIcmpError
            or DropReason.UnsupportedProtocol or DropReason.UnsupportedIcmp;
        ref readonly PacketFacts facts = ref batch.Facts[index];
        bool isGuarded = reason == DropReason.NoMapping
            && _external.Guards(facts.Tuple.Protocol, facts.Tuple.Destination.Port);
        if (mayBeHosts && !isGuarded && _external.IsHost(facts.Destination))
        {
            LeaveToKernel(batch, index, ingress == Realm.Internal ? _internal : _external);
        }
        else
        {
            _hops.Refuse(batch, index, reason);
        }
    }

    private static void LeaveToKernel(PacketBatch batch, int index, Link link)
    {
        batch.Departures[index].Disposition = Disposition.LeaveToKernel;
        link.Meter.CountLeftToKernel();
    }

    private void KeepHouse(PacketBatch batch, bool isTick)
    {
        int slice = isTick ? ExpireWhenIdle : ExpireWithPackets;
        bool isBehind = _translator.Expire(batch.Now, slice) > 0;
        _neighbours.Advance(batch.Now);
        _arp.Ask(batch); // before what waits takes the room: under a flood it would, for ever, and nothing be asked
        _hops.SendWaiting(batch);
        _fragments.Advance(batch.Now);
        SendFragments(batch);
        if (!_questions.IsEmpty)
        {
            _questions.AnswerOne(_translator, batch.Now);
        }

        // With packets the next batch comes by itself.
        if (isTick && (isBehind || _hops.AnyReady || _fragments.AnyReady))
        {
            _signals.RequestTick();
        }
    }
}
