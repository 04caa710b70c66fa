using System.Collections.Generic;
using System.Linq;
using NatEngine.EndToEnd.Tests.Differential;

namespace NatEngine.EndToEnd.Tests;

/// <summary>
/// The same packets through natengine, preset <c>netfilter</c>, and through nftables' masquerade: what comes out is the
/// same, but for what <see cref="Explanations"/> lists.
/// </summary>
public sealed class DifferentialTests
{
    [RootFact]
    public void Whatever_masquerade_makes_of_a_packet_so_does_natengine_or_we_say_why_not()
    {
        using Bench ours = Bench.OfNatEngine();
        using Bench theirs = Bench.OfMasquerade();
        List<Difference> differences = [];
        foreach ((int number, Scenario scenario) in Scenarios.All.Index())
        {
            differences.AddRange(Difference.Between(
                Play(ours, scenario, number), Play(theirs, scenario, number)));
        }

        List<Difference> unexplained =
            [.. differences.Where(one => !Explanations.All.Any(explanation => explanation.Explains(one)))];
        List<Explanation> idle =
            [.. Explanations.All.Where(explanation => !differences.Any(explanation.Explains))];

        Assert.True(unexplained.Count == 0, $"Not explained:\n{string.Join('\n', unexplained)}");
        Assert.True(idle.Count == 0, $"Explained, and does not occur:\n{string.Join('\n', idle)}");
    }

    private static IReadOnlyList<Step> Play(Bench bench, Scenario scenario, int number)
    {
        Conversation conversation = new(bench, scenario.Name, number);
        scenario.Play(conversation);
        return conversation.Steps;
    }
}
