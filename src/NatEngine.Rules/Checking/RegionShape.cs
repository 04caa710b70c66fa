using System.Numerics;

namespace NatEngine.Rules.Checking;

/// <summary>How many leading bits the values of a region share, in the fields that tell most rules apart.</summary>
/// <param name="Source">Of the source address.</param>
/// <param name="Destination">Of the destination address.</param>
/// <param name="Protocol">Of the protocol.</param>
/// <param name="Port">Of the destination port.</param>
internal readonly record struct RegionShape(int Source, int Destination, int Protocol, int Port)
{
    internal static RegionShape Of(RuleRegion region) => new(
        Shared(region[Field.Source], 32),
        Shared(region[Field.Destination], 32),
        Shared(region[Field.Protocol], 8),
        Shared(region[Field.DestinationPort], 16));

    /// <summary>True if a region of this shape can cover one of <paramref name="other"/>.</summary>
    internal bool MayCover(RegionShape other) => Source <= other.Source && Destination <= other.Destination
        && Protocol <= other.Protocol && Port <= other.Port;

    /// <summary>Those leading bits of a region. A region that another covers has the same as it, at its shape.
    /// </summary>
    internal (uint Source, uint Destination, uint Protocol, uint Port) KeyOf(RuleRegion region) => (
        Leading(region[Field.Source].Least, Source, 32),
        Leading(region[Field.Destination].Least, Destination, 32),
        Leading(region[Field.Protocol].Least, Protocol, 8),
        Leading(region[Field.DestinationPort].Least, Port, 16));

    private static int Shared(Intervals values, int width)
        => width - (32 - BitOperations.LeadingZeroCount(values.Least ^ values.Greatest));

    // A shift by 32 is a shift by 0 in C#, hence the wider type.
    private static uint Leading(uint value, int bits, int width) => (uint)((ulong)value >> (width - bits));
}
