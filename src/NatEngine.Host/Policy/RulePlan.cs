using System.Collections.Generic;
using NatEngine.Host.Guarding;
using NatEngine.Rules;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>The rules that a gateway starts with, and how to read them again.</summary>
/// <param name="Loader">Reads them.</param>
/// <param name="Programs">The rules, a program for each lane.</param>
/// <param name="Findings">What is to be said of them; no error.</param>
/// <param name="Guard">What the guard must keep from the kernel whatever the rules say.</param>
internal sealed record RulePlan(
    RuleLoader Loader, IReadOnlyList<RuleProgram> Programs, IReadOnlyList<Finding> Findings, GuardPlan Guard)
{
    /// <summary>The rules.</summary>
    internal RuleProgram Program => Programs[0];
}
