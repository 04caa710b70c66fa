using System;
using System.Runtime.CompilerServices;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Pipeline.Lanes;
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
    private readonly FrameSorter _sorter;
    private readonly Translator _translator;
    private readonly NeighbourTable _neighbours;
    private readonly WaitingPackets _waiting;
    private readonly WaitingFragments _fragments;
    private readonly ArpSpeaker _arp;
    private readonly HopFinder _hops;
    private readonly LaneSignals _signals;
    private readonly ControlQueue _questions;
    private readonly LaneBorder? _border;

    internal LookupStage(
        Link internalLink, Link externalLink, Translator translator, int maxNeighbours, FramePool pool,
        LaneSignals signals, ControlQueue questions, LaneBorder? border = null)
    {
        _internal = internalLink;
        _external = externalLink;
        _sorter = new FrameSorter(internalLink, externalLink);
        _translator = translator;
        _waiting = new WaitingPackets(maxNeighbours, pool);
        _fragments = new WaitingFragments(pool);
        _neighbours = new NeighbourTable(maxNeighbours, _waiting);
        _arp = new ArpSpeaker(internalLink, externalLink, _neighbours, pool);
        _hops = new HopFinder(
            internalLink, externalLink, translator, _neighbours, _waiting, new IcmpErrorSender(pool),
            new ResetSender(pool), new FragmentCutter(pool), border);
        _signals = signals;
        _questions = questions;
        _border = border;
        Ways = new WayExplainer(_sorter, translator, _hops, border);
    }

    /// <summary>Who is known on the two links.</summary>
    internal NeighbourTable Neighbours => _neighbours;

    /// <summary>What way packets would go.</summary>
    internal WayExplainer Ways { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)] // see IStage
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
        Link link = _sorter.LinkOf(batch.Ingress);
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
                batch.Drop(index, reason);
                facts[index] = default;
            }
            else if (!_sorter.IsPlain(link, facts[index], MacAddress.Read(frame)))
            {
                SetAside(batch, index, link);
            }
            else if (_border is not null && _border.TakesAway(batch, index))
            {
                Forget(batch, index);
            }
        }
    }

    // What is gone to another lane translation passes over; of a packet in fragments, so are those that waited.
    private void Forget(PacketBatch batch, int index)
    {
        ref PacketFacts facts = ref batch.Facts[index];
        if (facts.IsFragment && facts.Kind != PacketKind.LaterFragment)
        {
            _fragments.Settle(FragmentKey.Of(facts, batch.Ingress));
        }

        facts = default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetAside(PacketBatch batch, int index, Link link)
    {
        ref PacketFacts facts = ref batch.Facts[index];
        switch (_sorter.Sort(link, facts, MacAddress.Read(batch.Frames[index].Octets)))
        {
            case FrameSort.Arp:
                HearArp(batch, index);
                break;
            case FrameSort.LeaveToKernel:
                link.LeaveToKernel(batch, index);
                break;
            case FrameSort.Martian:
                batch.Drop(index, DropReason.Martian);
                break;
            case FrameSort.AnswerEcho:
                EchoResponder.Answer(batch, index);
                break;
            case FrameSort.NoMapping:
                batch.Drop(index, DropReason.NoMapping);
                break;
            default:
                _hops.RefuseExpired(batch, index);
                break;
        }

        facts = default; // translation passes over it
    }

    // One lane answers, all learn.
    private void HearArp(PacketBatch batch, int index)
    {
        if (batch.IsHanded)
        {
            _arp.Overhear(batch, index);
            return;
        }

        if (_border is not null && _arp.IsNews(batch, index))
        {
            _border.Spread(batch, index);
        }

        _arp.Hear(batch, index);
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

    // The first one may have come in the same batch, behind it, and be on its way to another lane already.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepFragment(PacketBatch batch, int index)
    {
        if (_border is not null && !batch.IsHanded && _border.TakesEarlyAway(batch, index, batch.Ingress))
        {
            return;
        }

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
                batch.Drop(index, fragment.Outcome, fragment.Ingress);
                continue;
            }

            if (_border is not null && _border.TakesEarlyAway(batch, index, fragment.Ingress))
            {
                continue;
            }

            Span<Verdict> verdict = batch.Verdicts.Slice(index, 1);
            _translator.Translate(batch.Facts.Slice(index, 1), fragment.Ingress, batch.Now, verdict);
            if (verdict[0].Kind == VerdictKind.Wait)
            {
                // Forgotten while it stood in the queue.
                batch.Drop(index, DropReason.FragmentTimedOut, fragment.Ingress);
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
        if (_sorter.IsKernels(batch.Facts[index], reason))
        {
            _sorter.LinkOf(ingress).LeaveToKernel(batch, index);
        }
        else
        {
            _hops.Refuse(batch, index, reason);
        }
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
