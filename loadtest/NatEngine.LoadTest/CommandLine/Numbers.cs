using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>Reads lists of numbers.</summary>
internal static class Numbers
{
    /// <summary>Reads numbers that ascend, with commas between them.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="text">What was typed.</param>
    /// <exception cref="BadInputException">That is not what it says.</exception>
    public static int[] Ascending(string option, string text)
    {
        List<int> numbers = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            numbers.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new BadInputException($"{option} '{part}': must be a number."));
        }

        return numbers.SequenceEqual(numbers.Order().Distinct())
            ? [.. numbers]
            : throw new BadInputException($"{option} {text}: must ascend.");
    }
}
