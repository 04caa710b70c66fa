using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Rules;

/// <summary>What was made of a text.</summary>
/// <param name="Rules">The rules, as far as they could be read. Not to be used if there is an error.</param>
/// <param name="Findings">Everything that was found, in the order of the text.</param>
public sealed record RuleReading(RuleSet Rules, IReadOnlyList<Finding> Findings)
{
    /// <summary>True if the rules can be used: nothing that was found is an error.</summary>
    public bool IsUsable => Findings.All(finding => finding.Severity != FindingSeverity.Error);
}
