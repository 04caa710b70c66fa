using System;
using System.Globalization;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Reports.Plots;

/// <summary>Writes values for people: three digits, a prefix of the metric system, and the unit's symbol.</summary>
internal static class Quantity
{
    private static readonly (double Scale, string Prefix)[] Prefixes =
        [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n")];

    // Counts up to here are written out: a thousand clients are 1,000.
    private const double WrittenOut = 100_000;

    /// <summary>The symbol of a unit that is spelled out; the unit itself if it has none.</summary>
    public static string Symbol(string unit) => unit switch
    {
        "seconds" => "s",
        "milliseconds" => "ms",
        "microseconds" => "µs",
        "percent" => "%",
        "bits per second" => "b/s",
        _ => unit.Replace(" per second", "/s", StringComparison.Ordinal),
    };

    /// <summary>A value with its prefix, and with its unit where the two belong together ("3 ms", "250 k").</summary>
    public static string Tick(double value, string unit)
        => unit switch
        {
            "seconds" => Scaled(value, "s"),
            "bits per second" => Scaled(value, "b/s"),
            _ => Math.Abs(value) is >= 0.01 and < WrittenOut or 0 ? Plain(value) : Scaled(value, string.Empty),
        };

    /// <summary>A value with its unit, for a sentence.</summary>
    public static string Full(double value, string unit) => unit switch
    {
        "seconds" or "bits per second" => Tick(value, unit),
        "percent" => Tick(value, unit) + " %",
        _ => $"{Tick(value, unit)} {(value == 1 ? One(unit) : Symbol(unit))}",
    };

    /// <summary>What the scaled values of a figure count: "M packets/s", where a table says "M/s".</summary>
    public static string Spoken(Figure figure)
    {
        const string rate = "/s";
        string symbol = Symbol(figure.Unit);
        return figure.ScaledUnit.Length == 0
            ? symbol
            : figure.ScaledUnit.Length <= 1 + rate.Length && figure.ScaledUnit.EndsWith(rate, StringComparison.Ordinal)
                ? $"{figure.ScaledUnit[..^rate.Length]} {symbol}".TrimStart()
                : figure.ScaledUnit;
    }

    // One client, not one clients.
    private static string One(string unit)
        => unit.Contains(' ') || !unit.EndsWith('s') ? Symbol(unit) : unit[..^1];

    private static string Scaled(double value, string symbol)
    {
        if (value == 0)
        {
            return symbol.Length == 0 ? "0" : "0 " + symbol;
        }

        double size = Math.Abs(value) * 1.0001;
        foreach ((double scale, string prefix) in Prefixes)
        {
            if (size >= scale)
            {
                return $"{Plain(value / scale)} {prefix}{symbol}".TrimEnd();
            }
        }

        return $"{value.ToString("0.##e0", CultureInfo.InvariantCulture)} {symbol}".TrimEnd();
    }

    private static string Plain(double value)
    {
        string format = Math.Abs(value) switch
        {
            >= 100 => "#,0",
            >= 10 => "0.#",
            >= 1 => "0.##",
            _ => "0.###",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
