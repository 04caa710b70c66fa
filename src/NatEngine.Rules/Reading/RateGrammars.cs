using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.Rules.Matches;

namespace NatEngine.Rules.Reading;

/// <summary>The matches that some packets fit and others alike do not: limit, statistic.</summary>
internal static class RateGrammars
{
    private const string Every = "--every";
    private const string Packet = "--packet";
    private const string Probability = "--probability";

    internal static IReadOnlyList<ModuleGrammar<IRuleMatch>> All { get; } =
    [
        new("limit", [new("--limit"), new("--limit-burst")], BuildLimit),
        new(
            "statistic",
            [
                new("--mode"), new(Probability) { IsNegatable = true },
                new(Every) { IsNegatable = true }, new(Packet),
            ],
            BuildStatistic),
    ];

    private static LimitMatch BuildLimit(ModuleUse use)
    {
        LimitRate rate = use.Value<LimitRate>("--limit", Rate, LimitRate.Default);
        uint burst = use.Value<uint>("--limit-burst", Burst, LimitMatch.DefaultBurst);
        return new LimitMatch(rate, burst);
    }

    private static string? Burst(string text, out uint burst)
        => Values.Number(text, out burst) is null && burst is > 0 and <= LimitMatch.MaxBurst
            ? null
            : $"is not a burst of 1 to {LimitMatch.MaxBurst} packets";

    private static string? Rate(string text, out LimitRate rate)
    {
        string? fault = RateAsWritten(text, out rate);

        // What is written for a rate may stand for another one, nearly the same. That is what the next reading would
        // make of it, so it is what counts.
        for (int i = 0; fault is null && i < 4; i++)
        {
            fault = RateAsWritten(rate.ToString(), out rate);
        }

        return fault;
    }

    private static string? RateAsWritten(string text, out LimitRate rate)
    {
        rate = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string unit = slash < 0 ? "second" : text[(slash + 1)..];
        uint seconds = SecondsOf(unit);
        ReadOnlySpan<char> count = slash < 0 ? text : text.AsSpan(0, slash);
        if (seconds == 0
            || !uint.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out uint packets)
            || packets == 0)
        {
            return "is not a number and /second, /minute, /hour or /day";
        }

        uint interval = LimitRate.Scale * seconds / packets;
        rate = new LimitRate(interval);
        return interval > 0 ? null : $"is too fast: {LimitRate.Scale}/second is the most";
    }

    private static uint SecondsOf(string unit)
    {
        foreach ((string name, uint seconds) in new (string, uint)[]
            { ("second", 1), ("minute", 60), ("hour", 3_600), ("day", 86_400) })
        {
            if (unit.Length > 0 && name.StartsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                return seconds;
            }
        }

        return 0;
    }

    private static IRuleMatch? BuildStatistic(ModuleUse use)
    {
        string mode = use.Required<string>("--mode", Values.Word).Value;
        switch (mode)
        {
            case "random":
                Refuse(use, Every, mode);
                Refuse(use, Packet, mode);
                return new RandomMatch(use.Required<uint>(Probability, Chance));
            case "nth":
                Refuse(use, Probability, mode);
                return BuildNth(use);
            case null:
                return null;
            default:
                use.Fail(use.Find("--mode")!.Value.Values[0], "is not a mode: random or nth");
                return null;
        }
    }

    private static NthMatch BuildNth(ModuleUse use)
    {
        Condition<uint> every = use.Required<uint>(Every, Values.Number);
        uint packet = use.Value<uint>(Packet, Values.Number, 0);
        if (use.Find(Every) is { } option && every.Value == 0)
        {
            use.Fail(option.Values[0], "is not a number of packets: at least 1");
        }
        else if (use.Find(Packet) is { } number && packet >= every.Value)
        {
            use.Fail(number.Values[0], $"is not one of the {every.Value} packets: they are counted from 0");
        }

        return new NthMatch(every, packet);
    }

    private static void Refuse(ModuleUse use, string option, string mode)
    {
        if (use.Find(option) is { } given)
        {
            use.Fail(given.Word, $"does not go with --mode {mode}");
        }
    }

    private static string? Chance(string text, out uint probability)
    {
        probability = 0;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            || value is < 0 or > 1)
        {
            return "is not a probability from 0 to 1";
        }

        probability = (uint)Math.Round(value * RandomMatch.Certain, MidpointRounding.AwayFromZero);
        return null;
    }
}
