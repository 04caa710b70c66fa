using System.Collections.Generic;
using System.Linq;
using System.Text;
using NatEngine.Rules;
using NatEngine.Rules.Targets;
using NatEngine.Translation.Explaining;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Explaining;

/// <summary>Says which rules a packet was held against, and how they took it.</summary>
internal static class RuleWay
{
    /// <summary>A line for each rule, and one more for each that does not apply.</summary>
    internal static IEnumerable<string> Of(ExplainedHook hook, GatewayNames names)
        => hook.Rules.SelectMany(rule => Of(rule, names));

    /// <summary>A rule as it would be typed, or what stands at the end of a chain.</summary>
    internal static string TextOf(RuleLocation place) => place switch
    {
        { Rule: Rule rule } => $"-A {place.Chain.Name} {rule}",
        { Chain.Policy: { } policy } => $"-P {place.Chain.Name} {(policy == Verdict.Drop ? "DROP" : "ACCEPT")}",
        _ => $"end of {place.Chain.Name}, back to where it was called",
    };

    /// <summary>The line that a rule stood in when its file was read; null if it was not read from one.</summary>
    /// <remarks>No rule is in the first line of a file: that says which table it is of. There commands have theirs.
    /// </remarks>
    internal static int? LineOf(RuleLocation place) => place.Rule?.Place is { Line: > 1 } known ? known.Line : null;

    /// <summary>A condition as it would be typed.</summary>
    internal static string TextOf(IRuleMatch match)
    {
        StringBuilder text = new();
        match.AppendTo(text);
        return text.ToString().Trim();
    }

    private static IEnumerable<string> Of(ExplainedRule asked, GatewayNames names)
    {
        string line = LineOf(asked.Location) is int known ? $"   (line {known})" : "";
        yield return $"{(asked.Fits ? "yes" : "no "),-4} {TextOf(asked.Location)}{line}";
        if (asked.Misfit is IRuleMatch misfit)
        {
            yield return $"     {TextOf(misfit)}: {MisfitText.Of(misfit, asked.Packet, names)}";
        }
    }
}
