using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Something that came out of one gateway and not out of the other.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Step">What was sent.</param>
/// <param name="Field">Which field of the packet that came out differs; <see cref="Packets"/> if not as many or not the
/// same kinds of packets came out.</param>
/// <param name="Ours">What natengine made of it.</param>
/// <param name="Theirs">What the kernel made of it.</param>
internal sealed record Difference(string Scenario, string Step, string Field, string Ours, string Theirs)
{
    /// <summary>Stands for the list of packets in place of a field of one.</summary>
    public const string Packets = "packets";

    /// <summary>All differences between two runs of the same scenario.</summary>
    public static IEnumerable<Difference> Between(IReadOnlyList<Step> ours, IReadOnlyList<Step> theirs)
    {
        Assert.Equal(ours.Select(step => step.Name), theirs.Select(step => step.Name));
        return ours.Zip(theirs).SelectMany(pair => Between(pair.First, pair.Second)).Distinct();
    }

    private static IEnumerable<Difference> Between(Step ours, Step theirs)
    {
        string ourKinds = Kinds(ours);
        string theirKinds = Kinds(theirs);
        if (ourKinds != theirKinds)
        {
            return [new Difference(ours.Scenario, ours.Name, Packets, ourKinds, theirKinds)];
        }

        return ours.Outcome.Zip(theirs.Outcome).SelectMany(pair =>
            pair.First.Fields.Keys.Union(pair.Second.Fields.Keys).Select(field => new Difference(
                ours.Scenario,
                ours.Name,
                field,
                pair.First.Fields.GetValueOrDefault(field, "absent"),
                pair.Second.Fields.GetValueOrDefault(field, "absent"))))
            .Where(difference => difference.Ours != difference.Theirs);
    }

    private static string Kinds(Step step)
        => step.Outcome.Count == 0 ? "nothing" : string.Join(", ", step.Outcome);
}
