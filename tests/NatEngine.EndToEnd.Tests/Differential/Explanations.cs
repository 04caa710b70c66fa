using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Every difference between natengine and the kernel's masquerade that we know of and stand by. The reasons
/// are those of the table in docs/rfc-compliance.md.</summary>
internal static class Explanations
{
    public static IReadOnlyList<Explanation> All { get; } =
    [
        .. Because(
            "What is or may be fragmented gets an identification of the gateway's own, because several "
                + "hosts share its address (RFC 7857 section 9, RFC 6864 section 5.3.1); the kernel keeps the "
                + "sender's.",
            (null, null, "identification", "I1", null)),
        .. Because(
            "A checksum is adjusted, never judged: what came damaged leaves damaged, for its receiver to "
                + "see. nf_conntrack calls such packets invalid, and the rules drop them.",
            ("udp checksums", "out, wrong", "packets", "Remote: udp", "nothing"),
            ("udp checksums", "in, wrong", "packets", "Client: udp", "nothing"),
            ("udp checksums", "first of a session, wrong", "packets", "Remote: udp", "nothing"),
            ("tcp damaged", "wrong checksum out", "packets", "Remote: tcp 0x5018", "nothing"),
            ("tcp damaged", "wrong checksum in", "packets", "Client: tcp 0x5018", "nothing"),
            ("echo", "wrong checksum", "packets", "Remote: icmp 8/0", "nothing"),
            ("sctp", "wrong checksum", "packets", "Remote: protocol 132", "nothing")),
        .. Because(
            "external.ports begins at 1024: the ports below are the host's own.",
            ("udp well-known ports", "from 53", "source port", null, "53"),
            ("udp well-known ports", "from 123", "source port", null, "123"),
            ("udp well-known ports", "from 500", "source port", null, "500"),
            ("udp well-known ports", "from 511", "source port", null, "511"),
            ("udp well-known ports", "from 512", "source port", null, "512"),
            ("udp well-known ports", "from 600", "source port", null, "600"),
            ("udp well-known ports", "from 1000", "source port", null, "1000"),
            ("udp well-known ports", "from 1023", "source port", null, "1023")),
        .. Because(
            "Strangers get no answer, or, for a SYN, one after six seconds (RFC 5382 REQ-4). The kernel "
                + "takes the packet for its own and says that nobody listens there.",
            ("udp overloading", "stranger's address", "packets", "nothing", "Remote: icmp 3/3"),
            ("udp overloading", "stranger's port", "packets", "nothing", "Remote: icmp 3/3"),
            ("fragments with faults", "to nobody", "packets", "nothing", "Remote: icmp 3/3"),
            ("strangers", "udp", "packets", "nothing", "Remote: icmp 3/3"),
            ("strangers", "ACK", "packets", "nothing", "Remote: tcp 0x5004"),
            ("strangers", "SYN/ACK", "packets", "nothing", "Remote: tcp 0x5004"),
            ("strangers", "SYN", "packets", "nothing", "Remote: tcp 0x5014"),
            ("tcp opened anew from outside", "SYN from outside", "packets", "nothing", "Remote: tcp 0x5014"),
            ("hairpin to a mapping", null, "packets", "nothing", null)),
        .. Because(
            "With behavior.otherProtocols on, the host has no such protocol of its own on the shared "
                + "address, and nobody says so (ICMP 3/2), because that would end the tunnels of others.",
            ("esp", "from a stranger", "packets", "nothing", "Remote: icmp 3/2"),
            ("gre", "from a stranger", "packets", "nothing", "Remote: icmp 3/2"),
            ("protocol 253", "from a stranger", "packets", "nothing", "Remote: icmp 3/2")),
        .. Because(
            "A segment that does not fit its connection is dropped. The kernel's rules do not translate "
                + "it either, so that it is delivered to the gateway itself, which resets the connection of "
                + "others.",
            ("tcp out of the window", "data far away", "packets", "nothing", "Remote: tcp 0x5004"),
            ("tcp out of the window", "acknowledges what was not sent", "packets", "nothing", "Remote: tcp 0x5004")),
        .. Because(
            "A FIN from inside without a session opens one, as other segments in mid-stream do: a "
                + "connection that outlived a restart of the gateway is closed in peace.",
            ("tcp in mid-stream", "FIN of another", "packets", "Remote: tcp 0x5011", "nothing")),
        .. Because(
            "A session that was reset is kept for a while (RFC 7857 section 2.2), so that a repeated "
                + "reset finds its way.",
            ("tcp refused", "RST/ACK repeated", "packets", "Client: tcp 0x5014", "nothing")),
        .. Because(
            "From outside nothing opens but SYN, at a published port too.",
            ("strangers", "ACK to the published port", "packets", "nothing", "Client: tcp 0x5010")),
        .. Because(
            "Information requests are obsolete (RFC 6918).",
            ("icmp other queries", "type 15", "packets", "nothing", "Remote: icmp 15/0"),
            ("icmp other queries", "type 16", "packets", "nothing", "Client: icmp 16/0")),
        .. Because(
            "An error that embeds a header with a wrong checksum is dropped (RFC 5508 REQ-3a).",
            ("errors in, damaged", "wrong embedded header checksum", "packets", "nothing", "Client: icmp 11/0")),
        .. Because(
            "An error from inside goes where its sender sends it (RFC 5508 REQ-5); the kernel wants that "
                + "to be the other end of the session.",
            ("errors out, from another", "to a third party", "packets", "Remote: icmp 3/1", "nothing")),
        .. Because(
            "The gateway's own errors have class selector 6 and nothing else. The kernel adds bits of the "
                + "packet's type of service (RFC 1812 section 4.3.2.5), which since RFC 3168 are ECN's.",
            (null, null, "tos", "192", null)),
        .. Because(
            "IP options are passed on as they came, not read: no route or time is recorded, no source "
                + "route followed or refused, no error found in them.",
            ("options", "record route", "options", null, null),
            ("options", "timestamp", "options", null, null),
            ("options", "loose source route", "packets", "Remote: udp", "nothing"),
            ("options", "option longer than the header", "packets", "Remote: udp", "Client: icmp 12/0"),
            ("options", "option without length", "packets", "Remote: udp", "Client: icmp 12/0"),
            ("options in", "record route", "options", null, null),
            ("options in", "timestamp", "options", null, null),
            ("options in", "loose source route", "packets", "Client: udp", "nothing"),
            ("options in", "option longer than the header", "packets", "Client: udp", "Remote: icmp 12/0"),
            ("options in", "option without length", "packets", "Client: udp", "Remote: icmp 12/0")),
        .. Because(
            "A later fragment has those options that are to be copied (RFC 791 section 3.1). The kernel "
                + "leaves the place of the others filled with no-operations.",
            ("packets to be cut", "with options", "version", null, null),
            ("packets to be cut", "with options", "length", null, null),
            ("packets to be cut", "with options", "options", null, null),
            ("packets to be cut", "with options", "octets", null, null)),
        .. Because(
            "A packet from inside with the gateway's own internal address as source is translated as any "
                + "other, and has taken the port that a later step would have.",
            ("odd addresses", "from 100.64.0.1", "packets", "Remote: udp", "nothing"),
            ("odd addresses", "from 100.64.255.255", "source port", "P1", null)),
        .. Because(
            "Only sources within internal.prefixes are translated (RFC 2827).",
            ("odd addresses", "from 198.18.0.7", "packets", "nothing", "Remote: udp")),
        .. Because(
            "240.0.0.0/4 is not forwarded (RFC 1812 section 5.3.7).",
            ("odd addresses", "from 240.0.0.1", "packets", "nothing", "Remote: udp"),
            ("odd addresses", "to 240.0.0.1", "packets", "nothing", "Remote: udp")),
        .. Because(
            "Fragments are passed on one by one, in the order they come in but for those before the "
                + "first; nothing is reassembled. The kernel reassembles, passes nothing of what never becomes "
                + "whole, and cuts anew.",
            (
                "fragments out of order",
                "backwards",
                "packets",
                "Remote: udp 0x2000, Remote: udp 0x00c8, Remote: udp 0x2064",
                "Remote: udp 0x2000, Remote: udp 0x2064, Remote: udp 0x00c8"),
            (
                "fragments out of order",
                "backwards in",
                "packets",
                "Client: udp 0x2000, Client: udp 0x00c8, Client: udp 0x2064",
                "Client: udp 0x2000, Client: udp 0x2064, Client: udp 0x00c8"),
            (
                "fragments out of order",
                "with a neighbour's of the same identification, begun",
                "packets",
                "Remote: udp 0x2000, Remote: udp 0x2064",
                "nothing"),
            (
                "fragments out of order",
                "with a neighbour's of the same identification, ended",
                "packets",
                "Remote: udp 0x00c8",
                "Remote: udp 0x2000, Remote: udp 0x2064, Remote: udp 0x00c8"),
            ("fragments with faults", "only the first", "packets", "Remote: udp 0x2000", "nothing"),
            ("fragments with faults", "middle missing", "packets", "Remote: udp 0x2000, Remote: udp 0x00c8", "nothing"),
            ("fragments with faults", "overlapping", "packets", "Remote: udp 0x2000, Remote: udp 0x00fa", "nothing"),
            (
                "fragments with faults",
                "may not be fragmented and are",
                "packets",
                "Remote: udp 0x6000, Remote: udp 0x4096",
                "Remote: udp 0x2000, Remote: udp 0x0096")),
        .. Because(
            "What has to be cut goes behind what came with it and fits: of a packet that came in two "
                + "pieces, the second may overtake the cut first.",
            (
                "packets to be cut",
                "fragments that are too large themselves",
                "packets",
                null,
                "Remote: udp 0x2000, Remote: udp 0x00ac")),
        .. Because(
            "The checksums of DCCP and AH cover the addresses, and nobody here updates them: refused "
                + "rather than broken.",
            ("dccp", "out", "packets", "nothing", "Remote: protocol 33"),
            ("dccp", "in", "packets", "Remote: icmp 3/2", "Client: protocol 33"),
            ("dccp", "neighbour elsewhere", "packets", "nothing", "Remote: protocol 33"),
            ("dccp", "in again", "packets", "Remote: icmp 3/2", "Client: protocol 33"),
            ("dccp", "unreachable", "packets", "nothing", "Client: icmp 3/2"),
            ("ah", "out", "packets", "nothing", "Remote: protocol 51"),
            ("ah", "in", "packets", "Remote: icmp 3/2", "Client: protocol 51"),
            ("ah", "neighbour elsewhere", "packets", "nothing", "Remote: protocol 51"),
            ("ah", "in again", "packets", "Remote: icmp 3/2", "Client: protocol 51"),
            ("ah", "unreachable", "packets", "nothing", "Client: icmp 3/2")),
        .. Because(
            "The gateway's internal address is not the outside's to ask.",
            (
                "strangers who know the inside",
                "echo to the gateway's inside",
                "packets",
                "nothing",
                "Remote: icmp 0/0")),
    ];

    private static IEnumerable<Explanation> Because(
        string reason,
        params (string? Scenario, string? Step, string Field, string? Ours, string? Theirs)[] differences)
        => differences.Select(one =>
            new Explanation(one.Scenario, one.Step, one.Field, one.Ours, one.Theirs, reason));
}
