namespace NatEngine.Translation.Policy;

/// <summary>What rules would do to a session, were it to open now.</summary>
public enum ReviewOutcome
{
    /// <summary>Let it open as it is.</summary>
    Same,

    /// <summary>Translate it otherwise.</summary>
    Translated,

    /// <summary>Refuse it.</summary>
    Refused,
}
