using System.Threading.Tasks;

namespace NatEngine.Conformance.Tests;

/// <summary>As <see cref="PresetTests"/>, at the same time.</summary>
public sealed class OpenPresetTests
{
    // Over two lanes as much is claimed as over one.
    [RootTheory]
    [InlineData("full-cone", 57, 2)]
    [InlineData("cgn", 58, 1)]
    [InlineData("netfilter", 39, 1)]
    public async Task All_that_a_preset_claims_is_met(string preset, int claimed, int lanes)
        => await PresetTests.AssertAllMet(preset, claimed, lanes);
}
