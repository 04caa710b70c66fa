using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NatEngine.Packets;
using NatEngine.Rules.Targets;

namespace NatEngine.Rules.Reading;

/// <summary>The targets that do not translate and have options: REJECT, LOG, MARK.</summary>
internal static class OtherTargetGrammars
{
    private static readonly (string Name, byte Level)[] Levels =
    [
        ("emerg", 0), ("panic", 0), ("alert", 1), ("crit", 2), ("error", 3), ("err", 3), ("warning", 4), ("warn", 4),
        ("notice", 5), ("info", 6), ("debug", 7),
    ];

    private static readonly (string Name, LogOptions Option)[] LogFlags =
    [
        ("--log-tcp-sequence", LogOptions.TcpSequence), ("--log-tcp-options", LogOptions.TcpOptions),
        ("--log-ip-options", LogOptions.IPOptions), ("--log-uid", LogOptions.User),
        ("--log-macdecode", LogOptions.MacDecode),
    ];

    // What each makes of its number: the bits to change, and the bits to clear first (libxt_MARK.c).
    private static readonly (string Option, Func<MaskedMark, MarkTarget> Make)[] Marks =
    [
        ("--set-xmark", mark => new MarkTarget(mark.Value, mark.Mask)),
        ("--set-mark", mark => new MarkTarget(mark.Value, mark.Mask | mark.Value)),
        ("--and-mark", mark => new MarkTarget(0, ~mark.Value)),
        ("--or-mark", mark => new MarkTarget(mark.Value, mark.Value)),
        ("--xor-mark", mark => new MarkTarget(mark.Value, 0)),
    ];

    internal static IReadOnlyList<ModuleGrammar<IRuleTarget>> All { get; } =
    [
        new("REJECT", [new("--reject-with")], BuildReject),
        new(
            "LOG",
            [
                new("--log-prefix"), new("--log-level"),
                .. LogFlags.Select(flag => new OptionGrammar(flag.Name) { Values = 0 }),
            ],
            BuildLog),
        new("MARK", [.. Marks.Select(mark => new OptionGrammar(mark.Option))], BuildMark),
    ];

    private static RejectTarget BuildReject(ModuleUse use)
    {
        RejectAnswer answer = use.Value<RejectAnswer>("--reject-with", Answer, RejectAnswer.PortUnreachable);
        if (answer == RejectAnswer.TcpReset && use.Find("--reject-with") is { } given)
        {
            use.RequireProtocol(given.Values[0], IpProtocol.Tcp);
        }

        return new RejectTarget(answer);
    }

    private static string? Answer(string text, out RejectAnswer answer)
    {
        List<(string Name, string Short, RejectAnswer Answer)> candidates = [.. RejectAnswerNames.All.Where(
            entry => entry.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase)
                || entry.Short.StartsWith(text, StringComparison.OrdinalIgnoreCase))];
        answer = candidates.FirstOrDefault().Answer;
        return text.Length > 0 && candidates.Count == 1
            ? null
            : $"is not one of {string.Join(", ", RejectAnswerNames.All.Select(entry => entry.Name))}";
    }

    private static LogTarget BuildLog(ModuleUse use)
    {
        LogOptions options = LogOptions.None;
        foreach ((string name, LogOptions option) in LogFlags)
        {
            options |= use.Has(name) ? option : LogOptions.None;
        }

        return new LogTarget(
            use.Value("--log-prefix", Prefix, ""),
            use.Value<byte>("--log-level", Level, LogTarget.DefaultLevel),
            options);
    }

    private static string? Prefix(string text, out string prefix)
    {
        prefix = text;
        return Encoding.UTF8.GetByteCount(text) <= LogTarget.MaxPrefixLength
            ? null
            : $"is longer than {LogTarget.MaxPrefixLength} octets";
    }

    private static string? Level(string text, out byte level)
    {
        foreach ((string name, byte number) in Levels)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                level = number;
                return null;
            }
        }

        return Values.Octet(text, out level) is null && level <= 7
            ? null
            : "is not a number from 0 to 7 or one of emerg, alert, crit, error, warning, notice, info, debug";
    }

    private static MarkTarget? BuildMark(ModuleUse use)
    {
        if (Marks.Count(mark => use.Has(mark.Option)) != 1)
        {
            use.Fail(use.Word, $"needs one of {string.Join(", ", Marks.Select(mark => mark.Option))}");
            return null;
        }

        (string option, Func<MaskedMark, MarkTarget> make) = Marks.First(mark => use.Has(mark.Option));
        return make(use.Required<MaskedMark>(option, Values.Mark).Value);
    }
}
