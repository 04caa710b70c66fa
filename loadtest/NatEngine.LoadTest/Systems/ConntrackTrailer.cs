using System.Globalization;
using System.Text.RegularExpressions;
using NatEngine.Lab;

namespace NatEngine.LoadTest.Systems;

/// <summary>Reads the last words of <c>conntrack -D</c>, which are natengine's too.</summary>
internal static partial class ConntrackTrailer
{
    /// <summary>How many sessions were ended. Both programs exit with 1 if there was none.</summary>
    /// <exception cref="SystemFailedException">It does not say.</exception>
    public static int Deleted(ProgramResult result)
    {
        Match trailer = Trailer().Match(result.Error);
        return trailer.Success
            ? int.Parse(trailer.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new SystemFailedException($"no word of how many sessions were ended: {result.Error.Trim()}");
    }

    [GeneratedRegex(@": (\d+) flow entries have been deleted\.")]
    private static partial Regex Trailer();
}
