namespace NatEngine.Conformance.Probes;

/// <summary>Whether a contract claims a requirement.</summary>
/// <param name="Standing">Claimed, not claimed, or without meaning here.</param>
/// <param name="Because">Claimed: what is worth knowing. Otherwise the setting that decides.</param>
internal readonly record struct Claim(ClaimStanding Standing, string Because = "")
{
    /// <summary>Claimed, always.</summary>
    public static Claim Always { get; } = new(ClaimStanding.Claimed);

    /// <summary>Claimed, and this is worth knowing.</summary>
    public static Claim As(string note) => new(ClaimStanding.Claimed, note);

    /// <summary>Claimed if it holds, otherwise not because of a setting.</summary>
    public static Claim When(bool holds, string otherwise, string note = "")
        => holds ? new Claim(ClaimStanding.Claimed, note) : new Claim(ClaimStanding.NotClaimed, otherwise);

    /// <summary>A requirement that says nothing of this configuration.</summary>
    public static Claim WithoutMeaning(string because) => new(ClaimStanding.NotApplicable, because);
}
