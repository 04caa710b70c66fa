namespace NatEngine.LoadTest.SynFloods;

/// <summary>Where a flood comes from, and where it goes to.</summary>
internal enum FloodOrigin
{
    /// <summary>From inside, from addresses that nobody has, to one remote endpoint.</summary>
    Inside,

    /// <summary>From outside, from addresses that nobody has, to ports of the external address that no connection uses.
    /// </summary>
    Unmapped,

    /// <summary>The same, to the ports that the established connections use.</summary>
    Mapped,
}
