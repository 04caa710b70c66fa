using System.Collections.Generic;

namespace NatEngine.Conformance;

/// <summary>One requirement, and what was found of it.</summary>
/// <param name="Rfc">The number of the RFC.</param>
/// <param name="Requirement">The requirement's or the section's own number there, such as "REQ-9a".</param>
/// <param name="Title">What is required, in a few words.</param>
/// <param name="Findings">One for each NAT, in the order in which they were given.</param>
public sealed record Judgement(int Rfc, string Requirement, string Title, IReadOnlyList<Finding> Findings);
