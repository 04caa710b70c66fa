using NatEngine.Rules;
using NatEngine.Rules.Targets;
using NatEngine.Translation.Policy;

namespace NatEngine.Host.Policy;

/// <summary>Words for what a review finds.</summary>
internal static class ReviewText
{
    /// <summary>What would be done to a session because of where its packets will come to.</summary>
    internal const string Moved = "ended, whether killed or not: its service would be another lane's";

    /// <summary>What would be done, and by which rule.</summary>
    internal static string Of(SessionReview review)
    {
        string done = review.Outcome == ReviewOutcome.Refused ? "refused" : "translated otherwise";
        return $"{done}: {Of(review.Decider!)}";
    }

    // A rule as it would be typed; a policy too; and of the end of a chain, where nothing translates, that.
    private static string Of(RuleLocation place) => place switch
    {
        { Rule: Rule rule } => $"-t {place.Table} -A {place.Chain.Name} {rule}",
        { Table: TableName.Filter, Chain.Policy: { } policy }
            => $"-t {place.Table} -P {place.Chain.Name} {(policy == Verdict.Drop ? "DROP" : "ACCEPT")}",
        _ => $"no rule of {place.Chain.Name} in table {place.Table} translates it",
    };
}
