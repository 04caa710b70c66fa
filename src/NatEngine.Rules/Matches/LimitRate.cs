using System.Globalization;

namespace NatEngine.Rules.Matches;

/// <summary>How often a packet fits: the time from one to the next, as the kernel has it.</summary>
/// <param name="Interval">That time in ten-thousandths of a second; at least 1.</param>
/// <remarks>Not every rate can be told from its neighbour, so a rate may be written otherwise than it was read, as
/// with iptables (libxt_limit.c).</remarks>
public readonly record struct LimitRate(uint Interval)
{
    /// <summary>How many intervals of 1 a second has (XT_LIMIT_SCALE).</summary>
    public const uint Scale = 10_000;

    // From the longest; the shortest that says it without much of a remainder is written.
    private static readonly (string Name, uint Length)[] Periods =
        [("day", Scale * 86_400), ("hour", Scale * 3_600), ("min", Scale * 60), ("sec", Scale)];

    /// <summary>The rate if none is given: three an hour.</summary>
    public static LimitRate Default => new(Scale * 3_600 / 3);

    /// <summary><c>packets/sec</c>, <c>min</c>, <c>hour</c> or <c>day</c>.</summary>
    public override string ToString()
    {
        int period = 1; // print_rate
        while (period < Periods.Length
            && Interval <= Periods[period].Length
            && Periods[period].Length / Interval >= Periods[period].Length % Interval)
        {
            period++;
        }

        (string name, uint length) = Periods[period - 1];
        return string.Create(CultureInfo.InvariantCulture, $"{length / Interval}/{name}");
    }
}
