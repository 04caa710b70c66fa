using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Stages;

/// <summary>Tells what is to be translated from what is not, and what of it is the kernel's.</summary>
internal sealed class FrameSorter(Link internalLink, Link externalLink)
{
    /// <summary>The link of a side.</summary>
    internal Link LinkOf(Realm realm) => realm == Realm.Internal ? internalLink : externalLink;

    /// <summary>True for what goes to translation as it is.</summary>
    /// <param name="link">Where the frame came in.</param>
    /// <param name="facts">What was read from it.</param>
    /// <param name="station">The station that it is for.</param>
    internal bool IsPlain(Link link, in PacketFacts facts, MacAddress station)
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
                || (!internalLink.IsLocal(facts.Destination)
                    && (facts.TimeToLive > 1 || externalLink.IsLocal(facts.Destination))));
    }

    /// <summary>Says what becomes of a frame; see <see cref="IsPlain"/>.</summary>
    internal FrameSort Sort(Link link, in PacketFacts facts, MacAddress station)
    {
        if (IsPlain(link, facts, station))
        {
            return FrameSort.Translate;
        }

        bool isForUs = station == link.HardwareAddress;
        bool isFromInside = link.Realm == Realm.Internal;
        if (facts.Kind == PacketKind.Arp && (isForUs || station == MacAddress.Broadcast))
        {
            return FrameSort.Arp;
        }

        if (!isForUs || facts.Kind <= PacketKind.Arp
            || (isFromInside && internalLink.IsHost(facts.Destination))
            || (externalLink.IsHost(facts.Destination) && IsEchoToUs(link, facts)))
        {
            return FrameSort.LeaveToKernel;
        }

        if (!facts.Source.IsUnicast || !facts.Destination.IsUnicast)
        {
            return FrameSort.Martian;
        }

        return IsEchoToUs(link, facts) ? FrameSort.AnswerEcho
            : isFromInside && internalLink.IsLocal(facts.Destination) ? FrameSort.NoMapping
            : FrameSort.Expired;
    }

    /// <summary>True for a packet that translation refuses and that may be the machine's own: its SSH, the answers to
    /// its own questions.</summary>
    /// <param name="facts">The packet.</param>
    /// <param name="reason">Why it was refused.</param>
    internal bool IsKernels(in PacketFacts facts, DropReason reason)
    {
        bool mayBeHosts = reason is DropReason.NoMapping or DropReason.NotOurs or DropReason.UnrelatedIcmpError
            or DropReason.UnsupportedProtocol or DropReason.UnsupportedIcmp;
        bool isGuarded = reason == DropReason.NoMapping
            && externalLink.Guards(facts.Tuple.Protocol, facts.Tuple.Destination.Port);
        return mayBeHosts && !isGuarded && externalLink.IsHost(facts.Destination);
    }

    // Nobody outside can ask through the NAT, and an identifier in a request is the asker's, not one of ours. The
    // internal addresses are the inside's to ask.
    private bool IsEchoToUs(Link link, in PacketFacts facts)
        => facts.IcmpType == IcmpType.EchoRequest && facts.Kind == PacketKind.IcmpQuery
            && (externalLink.IsLocal(facts.Destination)
                || (link.Realm == Realm.Internal && internalLink.IsLocal(facts.Destination)));
}
