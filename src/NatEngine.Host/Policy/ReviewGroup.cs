using System.Collections.Generic;
using NatEngine.Translation;

namespace NatEngine.Host.Policy;

/// <summary>Sessions that one rule would not have as they are.</summary>
/// <param name="title">What it would do, and which rule.</param>
internal sealed class ReviewGroup(string title)
{
    // A group of a million is a number, and some examples.
    private const int MostListed = 10_000;

    /// <summary>What it would do, and which rule.</summary>
    internal string Title => title;

    /// <summary>How many sessions there are.</summary>
    internal long Count { get; private set; }

    /// <summary>The sessions, or the first ten thousand of them.</summary>
    internal List<SessionSnapshot> Listed { get; } = [];

    /// <summary>Adds one.</summary>
    internal void Add(in SessionSnapshot session)
    {
        Count++;
        if (Listed.Count < MostListed)
        {
            Listed.Add(session);
        }
    }
}
