using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Host.Explaining;

/// <summary>What happened to a packet that was dropped, in the words of docs/operations.md.</summary>
internal static class DropReasonText
{
    private static readonly Dictionary<DropReason, string> Texts = new()
    {
        [DropReason.TruncatedEthernet] = "the frame ends within its Ethernet header or VLAN tags",
        [DropReason.MalformedIPv4] = "the IPv4 header contradicts itself or the frame's length",
        [DropReason.BadIPv4Checksum] = "the IPv4 header's checksum is wrong",
        [DropReason.BadIcmpChecksum] = "the checksum of an ICMP error is wrong",
        [DropReason.MalformedTransport] =
            "the packet ends within its TCP, UDP or ICMP header, or that contradicts itself",
        [DropReason.MalformedArp] = "an ARP packet of the wrong kind, length or sender",
        [DropReason.Martian] =
            "source or destination is no address that a router forwards: multicast, broadcast, loopback, "
            + "0.0.0.0/8, 240.0.0.0/4",
        [DropReason.UnsupportedProtocol] = "neither TCP, UDP nor ICMP",
        [DropReason.Fragment] =
            "a fragment whose session has ended, or one of an ICMP error or of an echo request to the "
            + "gateway itself",
        [DropReason.FragmentOverlap] = "a fragment that repeats octets of its packet, or lies beyond its end",
        [DropReason.FragmentTimedOut] = "a fragment whose first one did not come within 2 seconds",
        [DropReason.FragmentQueueFull] =
            "a fragment that came before its first one, when 256 (or 64 of its packet) were waiting",
        [DropReason.NoMapping] =
            "from outside, to an external address, and nothing is mapped or published at that port",
        [DropReason.Filtered] =
            "a mapping is there, but the inside has not written to this remote endpoint; or a packet came "
            + "from the wrong side",
        [DropReason.NotOurs] = "from outside, to an address that is not the gateway's",
        [DropReason.NotInternal] = "from inside, and the source is outside of the internal prefixes",
        [DropReason.NotAnOpening] =
            "from inside, without a session, and of a kind that opens none: a reset, an answer to a query, "
            + "or a segment in mid-stream while `sessions.midStreamPickup` is off",
        [DropReason.InvalidTcpState] = "a segment that does not fit the state of its connection",
        [DropReason.OutOfWindow] =
            "a segment over its receiver's window, or that acknowledges what was not sent; a reset that is "
            + "not where its connection is",
        [DropReason.UnrelatedIcmpError] = "an ICMP error about no known session",
        [DropReason.UnsupportedIcmp] = "an ICMP message that is neither query nor error",
        [DropReason.PortsExhausted] = "no external port is free for a new mapping",
        [DropReason.Conflict] = "the answers could not be told from another session's",
        [DropReason.SubscriberQuota] =
            "the internal address has as many sessions or ports as it may, or opens them too fast (RFC 6888 "
            + "REQ-4)",
        [DropReason.SessionTableFull] = "there are `sessions.max` sessions",
        [DropReason.MappingTableFull] = "there are `sessions.maxMappings` mappings",
        [DropReason.RuleDropped] = "a rule says DROP, or the policy of FORWARD does",
        [DropReason.RuleRejected] = "a rule says REJECT; the sender is told, up to 1,000 times a second",
        [DropReason.AnswersElsewhere] =
            "by the rules a session would open whose answers come to another lane, which knows nothing of it",
        [DropReason.NoRoute] = "no route to the destination on the egress interface",
        [DropReason.TimeToLiveExceeded] = "the packet has been through too many routers; the sender is told",
        [DropReason.FragmentationNeeded] =
            "larger than the next link takes, and its sender forbade fragmentation (it is told), or it "
            + "cannot be cut: an ICMP error, a super-frame of datagrams, a header that would not fit the first "
            + "fragment",
        [DropReason.NeighbourUnresolved] = "the next hop does not answer ARP; the sender is told",
        [DropReason.NeighbourQueueFull] = "more than 128 packets wait for one next hop's address",
        [DropReason.NeighbourTableFull] = "more neighbours than `pipeline.maxNeighbours`",
        [DropReason.TransmitFailed] = "the link did not take the frame",
        [DropReason.NoBuffer] = "no buffer for a packet that has to wait, or for one of the gateway's own",
        [DropReason.HandOverFull] =
            "the packet came to another lane than its session's, and that one has 256 waiting already",
    };

    /// <summary>What happened.</summary>
    internal static string Of(DropReason reason) => Texts[reason];
}
