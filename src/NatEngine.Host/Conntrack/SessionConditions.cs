using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Conntrack;

/// <summary>Says which sessions are meant in the words of <c>conntrack -D</c> (conntrack-tools 1.4.7).</summary>
internal static class SessionConditions
{
    private const string AddressRule
        = "an IPv4 address, or a block such as 100.64.8.0/24 with no bits below its length";

    private const string PortRule = "a port, 0 to 65535";

    /// <summary>All of them. Ports are asked of TCP and UDP only, and no other session has the one that is asked for.
    /// </summary>
    internal static IReadOnlyList<SessionCondition> All { get; } =
    [
        new(
            "protonum",
            ["-p", "--proto"],
            "PROTOCOL",
            "The transport protocol: tcp, udp, icmp, gre, esp, sctp, udplite or a number.",
            "a protocol's name (tcp, udp, icmp, gre, esp, sctp, udplite) or number, 1 to 255",
            ReadProtocol),
        Address("orig-src", ["-s", "--src"], "Who opened it", session => session.Original.Source),
        Address("orig-dst", ["-d", "--dst"], "Where its opener sends to", session => session.Original.Destination),
        Address("reply-src", ["-r"], "Who answers", session => session.Reply.Source),
        Address(
            "reply-dst", ["-q"], "Where answers go to: the external address", session => session.Reply.Destination),
        Port("orig-port-src", ["--sport"], "The opener's port", session => session.Original.Source),
        Port("orig-port-dst", ["--dport"], "The port the opener sends to", session => session.Original.Destination),
        Port("reply-port-src", [], "The port that answers", session => session.Reply.Source),
        Port(
            "reply-port-dst",
            [],
            "The port that answers go to: the external port",
            session => session.Reply.Destination),
        new(
            "state",
            [],
            "STATE",
            "The state of a TCP connection, as the listing names it: SYN_SENT, ESTABLISHED, TIME_WAIT, …",
            "a TCP state: " + string.Join(", ", ConntrackText.StateNames),
            ReadState),
    ];

    /// <summary>Reads the words of a request, <c>orig-src=100.64.0.10</c>.</summary>
    /// <param name="words">The words, each a condition that a session must meet.</param>
    /// <param name="match">Tells the sessions that meet all of them.</param>
    /// <returns>False if there is none, one is unknown, or one's value is against its rule.</returns>
    internal static bool TryRead(IReadOnlyList<string> words, out Predicate<SessionSnapshot> match)
    {
        List<Predicate<SessionSnapshot>> conditions = [];
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            SessionCondition? condition = All.FirstOrDefault(each => equals > 0 && each.Name == word[..equals]);
            if (condition?.Read(word[(equals + 1)..]) is Predicate<SessionSnapshot> holds)
            {
                conditions.Add(holds);
            }
        }

        match = session => conditions.TrueForAll(holds => holds(session));
        return conditions.Count > 0 && conditions.Count == words.Count;
    }

    private static SessionCondition Address(
        string name, string[] aliases, string who, Func<SessionSnapshot, TransportAddress> end)
    {
        return new SessionCondition(name, aliases, "ADDRESS[/LENGTH]", $"{who}.", AddressRule, Read);

        Predicate<SessionSnapshot>? Read(string text) => IPv4Prefix.TryParse(text, out IPv4Prefix block)
            ? session => block.Contains(end(session).Address)
            : null;
    }

    private static SessionCondition Port(
        string name, string[] aliases, string what, Func<SessionSnapshot, TransportAddress> end)
    {
        return new SessionCondition(name, aliases, "PORT", $"{what}; TCP and UDP.", PortRule, Read);

        Predicate<SessionSnapshot>? Read(string text)
            => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
                ? session => session.Protocol is IpProtocol.Tcp or IpProtocol.Udp && end(session).Port == port
                : null;
    }

    private static Predicate<SessionSnapshot>? ReadProtocol(string text)
    {
        IpProtocol protocol = byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
            ? (IpProtocol)number
            : Enum.GetValues<IpProtocol>().FirstOrDefault(
                each => each.ToString().Equals(text, StringComparison.OrdinalIgnoreCase));
        return protocol == IpProtocol.None ? null : session => session.Protocol == protocol;
    }

    private static Predicate<SessionSnapshot>? ReadState(string text)
    {
        int state = ConntrackText.StateNames.IndexOf(text.ToUpperInvariant());
        return state < 0
            ? null
            : session => session.Protocol == IpProtocol.Tcp && session.State == (TcpState)state;
    }
}
