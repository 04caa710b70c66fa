namespace NatEngine.LoadTest.Rfc9693;

/// <summary>How many connections a system can hold.</summary>
/// <param name="Connections">The number.</param>
/// <param name="Rate">The rate at which it took them, per second.</param>
/// <param name="AtLeast">Whether the search ended because nothing more was to be tried.</param>
internal readonly record struct CapacityResult(int Connections, double Rate, bool AtLeast);
