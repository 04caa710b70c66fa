using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Comparison;

/// <summary>Is told how a comparison gets on.</summary>
internal interface IComparisonProgress
{
    /// <summary>A system is about to be measured.</summary>
    void Begin(string system, int repeat);

    /// <summary>A figure was measured.</summary>
    void Add(Sample sample, Figure figure);

    /// <summary>Something could not be measured.</summary>
    void Add(Failure failure);
}
