namespace NatEngine.Translation.Tcp;

/// <summary>The order of sequence numbers, which go round (RFC 9293 section 3.4).</summary>
internal static class SequenceNumber
{
    /// <summary>True if <paramref name="first"/> comes before <paramref name="second"/>.</summary>
    public static bool IsBefore(uint first, uint second) => (int)(first - second) < 0;

    /// <summary>True if <paramref name="first"/> comes after <paramref name="second"/>.</summary>
    public static bool IsAfter(uint first, uint second) => IsBefore(second, first);
}
