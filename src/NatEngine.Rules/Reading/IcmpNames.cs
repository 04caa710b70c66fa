using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Rules.Matches;

namespace NatEngine.Rules.Reading;

/// <summary>The names that iptables has for ICMP types and codes (libxt_icmp.h).</summary>
internal static class IcmpNames
{
    private static readonly (string Name, IcmpKind Kind)[] All =
    [
        ("any", IcmpKind.Any),
        ("echo-reply", Type(0)), ("pong", Type(0)),
        ("destination-unreachable", Type(3)), ("network-unreachable", Code(3, 0)), ("host-unreachable", Code(3, 1)),
        ("protocol-unreachable", Code(3, 2)), ("port-unreachable", Code(3, 3)), ("fragmentation-needed", Code(3, 4)),
        ("source-route-failed", Code(3, 5)), ("network-unknown", Code(3, 6)), ("host-unknown", Code(3, 7)),
        ("network-prohibited", Code(3, 9)), ("host-prohibited", Code(3, 10)),
        ("TOS-network-unreachable", Code(3, 11)), ("TOS-host-unreachable", Code(3, 12)),
        ("communication-prohibited", Code(3, 13)), ("host-precedence-violation", Code(3, 14)),
        ("precedence-cutoff", Code(3, 15)),
        ("source-quench", Type(4)),
        ("redirect", Type(5)), ("network-redirect", Code(5, 0)), ("host-redirect", Code(5, 1)),
        ("TOS-network-redirect", Code(5, 2)), ("TOS-host-redirect", Code(5, 3)),
        ("echo-request", Type(8)), ("ping", Type(8)),
        ("router-advertisement", Type(9)), ("router-solicitation", Type(10)),
        ("time-exceeded", Type(11)), ("ttl-exceeded", Type(11)), ("ttl-zero-during-transit", Code(11, 0)),
        ("ttl-zero-during-reassembly", Code(11, 1)),
        ("parameter-problem", Type(12)), ("ip-header-bad", Code(12, 0)), ("required-option-missing", Code(12, 1)),
        ("timestamp-request", Type(13)), ("timestamp-reply", Type(14)),
        ("address-mask-request", Type(17)), ("address-mask-reply", Type(18)),
    ];

    /// <summary>Reads a name, or as much of it as no other name begins with, a type, or <c>type/code</c>.</summary>
    internal static string? TryParse(string text, out IcmpKind kind)
    {
        if (text.Length > 0 && char.IsAsciiLetter(text[0]))
        {
            return Named(text, out kind);
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        byte code = 0;
        bool isRead = Values.Octet(slash < 0 ? text : text[..slash], out byte type) is null
            && (slash < 0 || Values.Octet(text[(slash + 1)..], out code) is null);

        // The kernel takes 255 for any type (xt_tcpudp.c, icmp_type_code_match).
        kind = type == byte.MaxValue ? IcmpKind.Any : new IcmpKind(type, slash < 0 ? null : code);
        return isRead ? null : "is not the name of an ICMP type, a number, or type/code";
    }

    private static string? Named(string text, out IcmpKind kind)
    {
        List<(string Name, IcmpKind Kind)> candidates =
            [.. All.Where(entry => entry.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase))];
        (string Name, IcmpKind Kind) whole = candidates
            .FirstOrDefault(entry => entry.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
        kind = whole.Name is not null ? whole.Kind : candidates.FirstOrDefault().Kind;
        return whole.Name is not null || candidates.Count == 1 ? null
            : candidates.Count == 0 ? "is not the name of an ICMP type"
            : $"could be {string.Join(" or ", candidates.Select(entry => entry.Name))}";
    }

    private static IcmpKind Type(byte type) => new(type, null);

    private static IcmpKind Code(byte type, byte code) => new(type, code);
}
