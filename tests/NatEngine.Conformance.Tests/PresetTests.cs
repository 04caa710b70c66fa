using System.Globalization;
using System.Threading.Tasks;

namespace NatEngine.Conformance.Tests;

/// <summary>natengine judges itself: what a preset claims holds.</summary>
public sealed class PresetTests
{
    [RootTheory]
    [InlineData("default", 56)]
    [InlineData("symmetric", 45)]
    public async Task All_that_a_preset_claims_is_met(string preset, int claimed)
        => await AssertAllMet(preset, claimed);

    /// <summary>Runs a preset.</summary>
    /// <param name="preset">Its name.</param>
    /// <param name="claimed">How many requirements it claims at least: claiming less must not make this pass.</param>
    /// <param name="lanes">How many lanes share the work.</param>
    internal static async Task AssertAllMet(string preset, int claimed, int lanes = 1)
    {
        SelftestOutcome outcome = await SelftestOutcome.RunAsync(
            "--preset", preset, "--lanes", lanes.ToString(CultureInfo.InvariantCulture));

        Assert.Empty(outcome.With("failed"));
        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        Assert.True(outcome.With("met").Count >= claimed, $"only {outcome.With("met").Count} are claimed");
    }
}
