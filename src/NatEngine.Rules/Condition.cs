namespace NatEngine.Rules;

/// <summary>What a packet must be, or, after <c>!</c>, must not be.</summary>
/// <typeparam name="T">A property of packets.</typeparam>
/// <param name="Value">What is sought.</param>
/// <param name="IsNegated">True if the condition holds for packets that do not have it.</param>
public readonly record struct Condition<T>(T Value, bool IsNegated)
{
    /// <summary>True if a packet, of which <paramref name="has"/> says whether it has the value, fits.</summary>
    public bool Holds(bool has) => has != IsNegated;
}
