using System.Threading.Tasks;

namespace NatEngine.Conformance.Tests;

/// <summary>As <see cref="PresetTests"/>, at the same time.</summary>
public sealed class OpenPresetTests
{
    [RootTheory]
    [InlineData("full-cone", 57)]
    [InlineData("cgn", 58)]
    [InlineData("netfilter", 39)]
    public async Task All_that_a_preset_claims_is_met(string preset, int claimed)
        => await PresetTests.AssertAllMet(preset, claimed);
}
