using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NatEngine.Packets;
using NatEngine.Rules.Matches;

namespace NatEngine.Rules.Reading;

/// <summary>The matches for the packet itself: iprange, length, ttl, mac, mark, set, comment.</summary>
internal static class PacketGrammars
{
    private static readonly (string Option, TtlComparison Comparison)[] TtlComparisons =
    [
        ("--ttl-eq", TtlComparison.Equal), ("--ttl-lt", TtlComparison.Less), ("--ttl-gt", TtlComparison.Greater),
    ];

    internal static IReadOnlyList<ModuleGrammar<IRuleMatch>> All { get; } =
    [
        new(
            "iprange",
            [new("--src-range") { IsNegatable = true }, new("--dst-range") { IsNegatable = true }],
            BuildRange),
        new("length", [new("--length") { IsNegatable = true }], use => new LengthMatch(
            use.Required<PortRange>("--length", Length))),
        new(
            "ttl",
            [
                new("--ttl-eq") { Aliases = ["--ttl"], IsNegatable = true }, new("--ttl-lt"), new("--ttl-gt"),
            ],
            BuildTtl),
        new("mac", [new("--mac-source") { IsNegatable = true }], use => new MacMatch(
            use.Required<MacAddress>("--mac-source", Values.Mac))),
        new("mark", [new("--mark") { IsNegatable = true }], use => new MarkMatch(
            use.Required<MaskedMark>("--mark", Values.Mark))),
        new(
            "set",
            [
                new("--match-set") { Values = 2, IsNegatable = true },
                new("--return-nomatch") { Values = 0, IsNegatable = true, Refusal = "lists here hold addresses only" },
                new("--update-counters") { Values = 0, IsNegatable = true, Refusal = "lists here have no counters" },
                new("--update-subcounters") { Values = 0, IsNegatable = true, Refusal = "lists here have no counters" },
            ],
            BuildSet),
        new("comment", [new("--comment")], use => new CommentMatch(use.Required<string>("--comment", Comment).Value)),
    ];

    private static AddressRangeMatch BuildRange(ModuleUse use)
    {
        AddressRangeMatch match = new(
            use.Condition<AddressRange>("--src-range", Values.Range),
            use.Condition<AddressRange>("--dst-range", Values.Range));
        if (!use.Has("--src-range") && !use.Has("--dst-range"))
        {
            use.Fail(use.Word, "needs --src-range or --dst-range");
        }

        return match;
    }

    // A number, or two with a colon between, either of which may be missing.
    private static string? Length(string text, out PortRange range)
    {
        const string Rule = "is not a length from 0 to 65535, or two with ':' between";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string first = colon < 0 ? text : text[..colon];
        string last = colon < 0 ? text : text[(colon + 1)..];
        ushort from = 0;
        ushort to = ushort.MaxValue;
        bool isRead = (colon >= 0 && first.Length == 0)
            || ushort.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out from);
        isRead &= (colon >= 0 && last.Length == 0)
            || ushort.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out to);
        range = new PortRange(from, to);
        return !isRead ? Rule : from <= to ? null : "is a range that ends before it begins";
    }

    private static TtlMatch? BuildTtl(ModuleUse use)
    {
        (string option, TtlComparison comparison) = TtlComparisons.FirstOrDefault(entry => use.Has(entry.Option));
        if (option is null || TtlComparisons.Count(entry => use.Has(entry.Option)) > 1)
        {
            use.Fail(use.Word, "needs one of --ttl-eq, --ttl-lt and --ttl-gt");
            return null;
        }

        Condition<byte> value = use.Required<byte>(option, Values.Octet);
        return new TtlMatch(value.IsNegated ? TtlComparison.NotEqual : comparison, value.Value);
    }

    private static SetMatch? BuildSet(ModuleUse use)
    {
        Condition<string> set = use.Required<string>("--match-set", SetName);
        if (use.Find("--match-set") is not { } option)
        {
            return null;
        }

        Word direction = option.Values[1];
        if (direction.Text is not ("src" or "dst"))
        {
            use.Fail(direction, "is not src or dst: lists here hold addresses, and are asked for one");
        }

        return new SetMatch(set, direction.Text == "dst");
    }

    private static string? SetName(string text, out string name)
    {
        name = text;
        return text.Length is 0 or > SetMatch.MaxNameLength || text.AsSpan().ContainsAny('/', '\0') || text[0] == '.'
            ? $"is not the name of a list: 1 to {SetMatch.MaxNameLength} characters, no '/', no '.' first"
            : null;
    }

    private static string? Comment(string text, out string comment)
    {
        comment = text;
        return Encoding.UTF8.GetByteCount(text) <= CommentMatch.MaxLength
            ? null
            : $"is longer than {CommentMatch.MaxLength} octets";
    }
}
