using System.Collections.Generic;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Rfc9693;

/// <summary>Where a search ended.</summary>
/// <param name="Rate">The highest rate that passed, as it was really offered; 0 if none did.</param>
/// <param name="Failed">The lowest that did not.</param>
/// <param name="LimitedByTester">Whether it was the tester that failed there.</param>
/// <param name="Trials">How many trials it took.</param>
/// <param name="IsExact">Whether the two are as close to each other as was asked for.</param>
internal readonly record struct BisectionResult(
    double Rate, double Failed, bool LimitedByTester, int Trials, bool IsExact)
{
    /// <summary>Makes a reading of the result.</summary>
    /// <param name="figure">Of what.</param>
    /// <param name="details">What else was seen; completed.</param>
    /// <param name="remarks">What makes it doubtful; completed.</param>
    /// <exception cref="MeasurementException">No rate passed.</exception>
    public Reading ToReading(Figure figure, Dictionary<string, double> details, List<string> remarks)
    {
        if (Rate <= 0)
        {
            throw new MeasurementException(
                $"{figure.Title}: no rate passed, down to {Failed:N0} per second; "
                + (LimitedByTester ? "the tester itself could not keep that one." : "the system lost something."));
        }

        details["failedAtRate"] = Failed;
        details["trials"] = Trials;
        if (LimitedByTester)
        {
            remarks.Add($"the tester could not keep {Failed:N0} per second: the system may do better");
        }

        if (!IsExact)
        {
            remarks.Add($"the search ran out of time: the true rate lies anywhere up to {Failed:N0} per second");
        }

        return new Reading(figure, Rate, details, remarks);
    }
}
