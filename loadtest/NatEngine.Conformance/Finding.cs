namespace NatEngine.Conformance;

/// <summary>What was found of a requirement at one NAT.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detail">Failed: what was seen. Not claimed: by which setting. Met: what is worth knowing; may be
/// empty.</param>
public readonly record struct Finding(Verdict Verdict, string Detail);
