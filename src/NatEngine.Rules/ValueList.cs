using System;

namespace NatEngine.Rules;

/// <summary>Makes lists that are compared by value.</summary>
public static class ValueList
{
    /// <summary>Makes a list of <paramref name="items"/>, which are copied.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items)
        => items.IsEmpty ? ValueList<T>.Empty : new ValueList<T>(items.ToArray());
}
