namespace NatEngine.Pipeline.Forwarding;

/// <summary>The two ends of a list in <see cref="PlaceLists"/>.</summary>
internal struct PlaceList
{
    /// <summary>The place that has been in the list longest; negative if there is none.</summary>
    public int First;

    /// <summary>The place that came last.</summary>
    public int Last;

    /// <summary>How many places there are.</summary>
    public int Count;

    /// <summary>A list without places.</summary>
    public static PlaceList Empty => new() { First = -1, Last = -1 };
}
