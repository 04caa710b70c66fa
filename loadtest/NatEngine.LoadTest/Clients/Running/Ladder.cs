using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>Steps that a load climbs: numbers of clients, or rates.</summary>
internal static class Ladder
{
    /// <summary>The most clients that one inside host can pretend to be.</summary>
    public const int MostClients = Lab.InsideHost.ClientCount;

    /// <summary>The highest rate, in transactions per second.</summary>
    public const double HighestRate = 1_000_000;

    /// <summary>The rule that steps break.</summary>
    /// <returns>Null if they break none.</returns>
    public static string? Fault(IReadOnlyList<double> steps, double most, bool whole)
    {
        string kind = whole ? "whole numbers from 1" : "numbers more than 0, and at most";
        bool inBounds = steps.Count > 0
            && steps.All(step => step > 0 && step <= most && (!whole || step == (int)step));
        if (!inBounds)
        {
            string to = whole ? " to " : " ";
            return $"must be a list of {kind}{to}{most.ToString(CultureInfo.InvariantCulture)}";
        }

        return steps.Zip(steps.Skip(1)).All(pair => pair.First < pair.Second)
            ? null
            : "must ascend: each step more than the one before it";
    }

    /// <summary>Reads steps from a command line, with commas between them.</summary>
    /// <exception cref="BadInputException">They break a rule.</exception>
    public static IReadOnlyList<double> Parse(string option, string text, double most, bool whole)
    {
        double[] steps =
        [
            .. text.Split(',').Select(step =>
                double.TryParse(step, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                    ? number
                    : 0),
        ];
        return Fault(steps, most, whole) is { } fault
            ? throw new BadInputException($"{option} {text}: {fault}.")
            : steps;
    }
}
