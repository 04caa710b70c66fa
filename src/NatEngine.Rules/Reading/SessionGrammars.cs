using System;
using System.Collections.Generic;
using NatEngine.Packets;
using NatEngine.Rules.Matches;

namespace NatEngine.Rules.Reading;

/// <summary>The matches for what a packet is to its session: state, conntrack, connlimit.</summary>
internal static class SessionGrammars
{
    private const SessionStates OfState = SessionStates.Invalid | SessionStates.New | SessionStates.Related
        | SessionStates.Established | SessionStates.Untracked;

    private const string Above = "--connlimit-above";
    private const string UpTo = "--connlimit-upto";
    private const string ByDestination = "--connlimit-daddr";

    internal static IReadOnlyList<ModuleGrammar<IRuleMatch>> All { get; } =
    [
        new("state", [new("--state") { IsNegatable = true }], BuildState),
        new(
            "conntrack",
            [
                Negatable("--ctstate"), Negatable("--ctproto"),
                Negatable("--ctorigsrc"), Negatable("--ctorigdst"), Negatable("--ctreplsrc"), Negatable("--ctrepldst"),
                Negatable("--ctorigsrcport"), Negatable("--ctorigdstport"),
                Negatable("--ctreplsrcport"), Negatable("--ctrepldstport"),
                new("--ctdir"),
                Negatable("--ctstatus") with { Refusal = "natengine has no such bits; --ctstate says nearly the same" },
                Negatable("--ctexpire") with { Refusal = "rules do not see a session's timer" },
            ],
            BuildConntrack),
        new(
            "connlimit",
            [
                Negatable(Above), Negatable(UpTo), new("--connlimit-mask"),
                new("--connlimit-saddr") { Values = 0 }, new(ByDestination) { Values = 0 },
            ],
            BuildConnlimit),
    ];

    private static OptionGrammar Negatable(string name) => new(name) { IsNegatable = true };

    private static StateMatch BuildState(ModuleUse use) => new(use.Required<SessionStates>("--state", StateList));

    private static string? StateList(string text, out SessionStates states) => States(text, OfState, out states);

    private static string? AnyStateList(string text, out SessionStates states)
        => States(text, OfState | SessionStates.Snat | SessionStates.Dnat, out states);

    private static string? States(string text, SessionStates allowed, out SessionStates states)
    {
        states = SessionStates.None;
        foreach (string name in text.Split(','))
        {
            if (!SessionStateNames.TryParse(name, out SessionStates state) || !allowed.HasFlag(state))
            {
                return $"'{name}' is not one of {SessionStateNames.Text(allowed)}";
            }

            states |= state;
        }

        return null;
    }

    private static ConntrackMatch BuildConntrack(ModuleUse use)
    {
        Condition<IpProtocol>? protocol = use.Condition<IpProtocol>("--ctproto", Values.Protocol);
        ValueParser<PortRange> ports = Ports.MatchRange(protocol?.Value);
        ConntrackMatch match = new()
        {
            States = use.Condition<SessionStates>("--ctstate", AnyStateList),
            Protocol = protocol,
            OriginalSource = use.Condition<MaskedAddress>("--ctorigsrc", Values.Network),
            OriginalDestination = use.Condition<MaskedAddress>("--ctorigdst", Values.Network),
            ReplySource = use.Condition<MaskedAddress>("--ctreplsrc", Values.Network),
            ReplyDestination = use.Condition<MaskedAddress>("--ctrepldst", Values.Network),
            OriginalSourcePorts = use.Condition("--ctorigsrcport", ports),
            OriginalDestinationPorts = use.Condition("--ctorigdstport", ports),
            ReplySourcePorts = use.Condition("--ctreplsrcport", ports),
            ReplyDestinationPorts = use.Condition("--ctrepldstport", ports),
            IsOriginalDirection = use.Condition<bool>("--ctdir", Direction)?.Value,
        };
        if (match == new ConntrackMatch())
        {
            use.Fail(use.Word, "asks nothing: give it an option, such as --ctstate");
        }

        return match;
    }

    private static string? Direction(string text, out bool isOriginal)
    {
        isOriginal = text.Equals("ORIGINAL", StringComparison.OrdinalIgnoreCase);
        return isOriginal || text.Equals("REPLY", StringComparison.OrdinalIgnoreCase)
            ? null
            : "is not ORIGINAL or REPLY";
    }

    private static ConnlimitMatch? BuildConnlimit(ModuleUse use)
    {
        if (use.Has(Above) == use.Has(UpTo))
        {
            use.Fail(use.Word, $"needs one of {Above} and {UpTo}");
            return null;
        }

        bool isAbove = use.Has(Above);
        Condition<uint> limit = use.Required<uint>(isAbove ? Above : UpTo, Values.Number);
        byte mask = use.Value<byte>("--connlimit-mask", PrefixLength, 32);
        return new ConnlimitMatch(limit.Value, isAbove != limit.IsNegated, mask, use.Has(ByDestination));
    }

    private static string? PrefixLength(string text, out byte length)
        => Values.Octet(text, out length) is null && length <= 32 ? null : "is not a prefix length from 0 to 32";
}
