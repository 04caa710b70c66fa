namespace NatEngine.LoadTest.Memory;

/// <summary>What is to be made of memory that was watched.</summary>
internal enum GrowthVerdict
{
    /// <summary>Sessions were not long enough as many as they were to be.</summary>
    Undecided,

    /// <summary>It stays.</summary>
    Flat,

    /// <summary>It grows although sessions do not.</summary>
    Grows,
}
