using System;

namespace NatEngine.LoadTest;

/// <summary>The person at the terminal asked for something that cannot be: what, the value, and the rule.</summary>
internal sealed class BadInputException(string message) : Exception(message)
{
    /// <summary>Refuses what does not hold.</summary>
    /// <param name="holds">What must be true.</param>
    /// <param name="otherwise">The message if it is not.</param>
    /// <exception cref="BadInputException"><paramref name="holds"/> is false.</exception>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BadInputException(otherwise);
        }
    }
}
