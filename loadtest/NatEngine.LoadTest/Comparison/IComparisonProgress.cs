using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Comparison;

/// <summary>Is told how a comparison gets on.</summary>
internal interface IComparisonProgress
{
    /// <summary>A system is about to be measured, in so many ways.</summary>
    void Begin(string system, int repeat, int measurements);

    /// <summary>One of the measurements begins.</summary>
    void Begin(string measurement);

    /// <summary>Something is being done in its course, in a few words.</summary>
    void Say(string what);

    /// <summary>A figure was measured.</summary>
    void Add(Sample sample, Figure figure);

    /// <summary>Something was found out.</summary>
    void Add(Finding finding);

    /// <summary>Something could not be measured.</summary>
    void Add(Failure failure);
}
