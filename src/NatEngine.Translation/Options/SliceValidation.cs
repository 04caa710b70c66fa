using System.Linq;

namespace NatEngine.Translation;

/// <summary>Refuses what several lanes cannot share out among them.</summary>
internal static class SliceValidation
{
    private const string Key = nameof(TranslationOptions.Slice);

    /// <summary>Returns if the pools can be shared out; what is wrong with them otherwise has been refused before.
    /// </summary>
    /// <exception cref="InvalidOptionException">They cannot; the message says which option, and by what rule.
    /// </exception>
    public static void Validate(TranslationOptions options, LaneSlice slice)
    {
        LaneDivision division = slice.Division;
        OptionsValidation.Require(
            division.Lanes is >= 1 and <= LaneDivision.MostLanes
                && slice.Lane >= 0 && slice.Lane < division.Lanes
                && division.StripeLength >= 1
                && division.StripeOffset >= 0 && division.StripeOffset < division.StripeLength,
            Key, slice, $"a lane of 1 to {LaneDivision.MostLanes}, a stripe that begins at port 0 or below");
        foreach (PoolOptions pool in options.AllPools())
        {
            Validate(pool, slice);
        }
    }

    private static void Validate(PoolOptions pool, LaneSlice slice)
    {
        LaneDivision division = slice.Division;
        Require(
            pool.Deterministic is null, pool, nameof(pool.Deterministic), $"{division.Lanes} lanes",
            "computed ports lie where the computation says, not in the stripes of the host's lane: use one lane");
        Require(
            pool.Blocks is not PortBlockOptions blocks
                || (division.StripeLength % blocks.Size == 0
                    && (pool.Ports.First + division.StripeOffset) % blocks.Size == 0),
            pool, "Blocks.Size", pool.Blocks?.Size ?? 0,
            $"with {division.Lanes} lanes a block must lie in one stripe of {division.StripeLength} ports: give the "
                + "pools blocks of one size, and ranges that begin a whole number of blocks apart");
        for (int lane = 0; lane < division.Lanes; lane++)
        {
            bool anyLeft = Enumerable.Range(pool.Ports.First, pool.Ports.Count)
                .Any(port => division.OfPort(port) == lane && !pool.ExcludedPorts.Any(gap => gap.Contains(port)));
            Require(
                anyLeft, pool, nameof(pool.Ports), pool.Ports,
                $"each of {division.Lanes} lanes needs a port, and they are given them {division.StripeLength} at a "
                    + "time");
        }
    }

    private static void Require(bool holds, PoolOptions pool, string key, object value, string rule)
    {
        if (!holds)
        {
            throw pool.Name == TranslationOptions.DefaultPool
                ? new InvalidOptionException(key, value, rule)
                : new InvalidOptionException(key, value, rule, pool.Name);
        }
    }
}
