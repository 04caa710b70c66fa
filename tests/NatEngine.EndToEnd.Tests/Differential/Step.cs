using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>What came of some packets that were sent together.</summary>
/// <param name="Scenario">The scenario that they are part of.</param>
/// <param name="Name">What was sent.</param>
/// <param name="Outcome">What came out.</param>
internal sealed record Step(string Scenario, string Name, IReadOnlyList<Description> Outcome);
