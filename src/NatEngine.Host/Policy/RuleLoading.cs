using System.Collections.Generic;
using NatEngine.Rules;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>What was made of rules.</summary>
/// <param name="Program">The rules, ready to be asked; null if they cannot be used.</param>
/// <param name="Findings">All that is to be said of them.</param>
internal sealed record RuleLoading(RuleProgram? Program, IReadOnlyList<Finding> Findings);
