namespace NatEngine.Host.Guarding;

/// <summary>The operator's choice of a guard.</summary>
/// <param name="Guard">The guard; null if there shall be none.</param>
internal sealed record GuardChoice(Guard? Guard);
