using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Pipeline.Stages;

/// <summary>Says what way a packet would go through the gateway, by asking those who decide it. Changes nothing.
/// </summary>
/// <remarks>Used by the lookup stage's thread.</remarks>
internal sealed class WayExplainer(
    FrameSorter sorter, Translator translator, HopFinder hops, LaneBorder? border)
{
    /// <summary>Explains the packet that somebody would send; see <see cref="Explainer"/>.</summary>
    /// <param name="tuple">Its addresses and ports.</param>
    /// <param name="ingress">Where it comes in; null for where its source is.</param>
    /// <param name="now">The present.</param>
    internal PacketExplanation Explain(FlowTuple tuple, Realm? ingress, Timestamp now)
    {
        (Realm side, IngressChoice choice) = ingress is Realm given
            ? (given, IngressChoice.Given)
            : SideOf(tuple, now);
        Explanation translation = translator.Explainer.Explain(tuple, side, now);

        // What belongs to a session between two of our own addresses has turned round.
        bool isHanded = choice == IngressChoice.Session;
        return Explain(translation.Packet, side, now, isHanded, translation) with { IngressChoice = choice };
    }

    /// <summary>Explains a packet that has turned round in another lane and comes from there.</summary>
    internal PacketExplanation ExplainHanded(FlowTuple tuple, Timestamp now)
    {
        Explanation translation = translator.Explainer.Explain(tuple, Realm.External, now);
        return Explain(translation.Packet, Realm.External, now, isHanded: true, translation);
    }

    /// <summary>Explains a packet that was there.</summary>
    internal PacketExplanation Explain(DroppedPacket dropped, Timestamp now)
    {
        // One that has turned round comes from one of our own addresses, and was not dropped for that.
        bool isHanded = dropped.Reason != DropReason.Martian;
        return Explain(dropped.Facts, dropped.Ingress ?? Realm.Internal, now, isHanded, translation: null);
    }

    private PacketExplanation Explain(
        in PacketFacts packet, Realm ingress, Timestamp now, bool isHanded, Explanation? translation)
    {
        Link link = sorter.LinkOf(ingress);
        PacketExplanation sorted = new()
        {
            Packet = packet,
            Ingress = ingress,
            IngressChoice = IngressChoice.Given,
            Fate = PacketFate.NotForwarded,
            IsOwn = border is null || border.IsOwn(packet, ingress),
        };
        switch (sorter.Sort(link, packet, link.HardwareAddress))
        {
            case FrameSort.Translate when !isHanded && ingress == Realm.External
                && border is not null && border.IsExternal(packet.Source):
                return Dropped(sorted, DropReason.Martian);
            case FrameSort.Translate:
                return Translated(sorted, translation ?? translator.Explainer.Explain(packet, ingress, now));
            case FrameSort.LeaveToKernel when packet.Kind > PacketKind.Arp:
                return sorted with { Fate = PacketFate.LeftToKernel };
            case FrameSort.Martian:
                return Dropped(sorted, DropReason.Martian);
            case FrameSort.AnswerEcho when packet.IsFragment:
                return Dropped(sorted, DropReason.Fragment);
            case FrameSort.AnswerEcho:
                return sorted with { Fate = PacketFate.Answered };
            case FrameSort.NoMapping:
                return Dropped(sorted, DropReason.NoMapping);
            case FrameSort.Expired:
                return Dropped(sorted, DropReason.TimeToLiveExceeded);
            default:
                return sorted;
        }
    }

    private PacketExplanation Translated(PacketExplanation sorted, Explanation translation)
    {
        PacketExplanation translated = sorted with { Translation = translation };
        if (translation.Verdict == VerdictKind.Wait)
        {
            return translated with { Fate = PacketFate.AsFirstFragment };
        }

        if (translation.Verdict == VerdictKind.Drop)
        {
            PacketFate fate = sorter.IsKernels(sorted.Packet, translation.Reason)
                ? PacketFate.LeftToKernel
                : PacketFate.Dropped;
            return translated with { Fate = fate, Reason = translation.Reason };
        }

        if (border is not null && translation.Egress == Realm.External
            && border.IsExternal(translation.Leaving.Destination.Address))
        {
            return translated with { Fate = PacketFate.TurnsRound };
        }

        DropReason reason = hops.Foretell(
            sorted.Packet, translation.Egress, translation.Leaving.Destination.Address, out HopExplanation? hop);
        return translated with
        {
            Fate = reason == DropReason.None ? PacketFate.Forwarded : PacketFate.Dropped,
            Reason = reason,
            Hop = hop,
        };
    }

    private (Realm Side, IngressChoice Choice) SideOf(FlowTuple tuple, Timestamp now)
    {
        if (translator.Explainer.IngressOf(tuple, now) is Realm side)
        {
            return (side, IngressChoice.Session);
        }

        IPv4Address source = tuple.Source.Address;
        return sorter.LinkOf(Realm.Internal).Routes.Knows(source) ? (Realm.Internal, IngressChoice.Route)
            : sorter.LinkOf(Realm.External).Routes.Knows(source) ? (Realm.External, IngressChoice.Route)
            : (Realm.External, IngressChoice.Otherwise);
    }

    private static PacketExplanation Dropped(PacketExplanation sorted, DropReason reason)
        => sorted with { Fate = PacketFate.Dropped, Reason = reason };
}
