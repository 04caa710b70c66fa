using System;

namespace NatEngine.Architecture.Tests;

public sealed class TypeRulesTests
{
    public static TheoryData<string> Projects => ReferenceTableTests.Projects;

    [Theory]
    [MemberData(nameof(Projects))]
    public void Types_are_sealed_and_named_for_what_they_are(string project)
        => Assert.Empty(TypeRules.Violations(Repository.Assembly(project)));

    [Fact]
    public void A_type_against_a_rule_is_found()
    {
        string[] violations = [.. TypeRules.Violations(typeof(PacketManager).Assembly.Location)];

        Assert.Contains("PacketManager is not sealed.", violations);
        Assert.Contains("PacketManager does not say what it is.", violations);
        Assert.DoesNotContain(violations, violation => violation.StartsWith("Heir", StringComparison.Ordinal));
    }

    // What the rules are about, done wrong.
    internal class PacketManager;

    internal sealed class Heir : PacketManager;
}
