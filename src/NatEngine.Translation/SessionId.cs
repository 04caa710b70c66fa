namespace NatEngine.Translation;

/// <summary>Where a session stands in its table. Valid until the session ends; then the place may be another
/// session's.</summary>
/// <param name="Index">The place; 0 is no session's.</param>
public readonly record struct SessionId(uint Index)
{
    /// <summary>No session.</summary>
    public static SessionId None => default;
}
