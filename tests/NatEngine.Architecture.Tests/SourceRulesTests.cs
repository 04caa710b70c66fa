using System;
using System.IO;
using System.Linq;

namespace NatEngine.Architecture.Tests;

public sealed class SourceRulesTests
{
    [Fact]
    public void Every_file_keeps_to_the_rules()
    {
        SourceFile[] files = [.. Repository.SourceFiles];

        Assert.True(files.Length > 50, "Where are the sources?");
        string[] violations = [.. files.SelectMany(SourceRules.Violations)];
        Assert.True(violations.Length == 0, string.Join('\n', violations));
    }

    [Theory]
    [InlineData("src/NatEngine.Pipeline/Pointer.cs", "sealed unsafe class C { }", "is unsafe")]
    [InlineData("src/NatEngine.Pipeline/Block.cs", "class C { void M() { unsafe { } } }", "is unsafe")]
    [InlineData("src/NatEngine.Translation/Table.Unsafe.cs", "unsafe class C { }", "does not state")]
    [InlineData("src/NatEngine.Packets/Two.cs", "struct A { } record struct B(int X);", "declares 2 types")]
    [InlineData("src/NatEngine.Packets/Three.cs", "record A(int X); enum B { } interface I { }", "declares 3 types")]
    [InlineData("src/NatEngine.Packets/Region.cs", "#region Fields\n#endregion", "has a region")]
    [InlineData("src/NatEngine.Packets/Later.cs", "class C { } // TO" + "DO: finish", "to be done")]
    public void A_file_against_a_rule_is_found(string path, string text, string expected)
    {
        string violation = Assert.Single(SourceRules.Violations(new SourceFile(path, text)));

        Assert.Contains(expected, violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/NatEngine.Devices/Ring.cs", "unsafe class C { }")]
    [InlineData("src/NatEngine.Translation/Table.Unsafe.cs", "// What makes this safe: bounds.\nunsafe class C { }")]
    [InlineData("src/NatEngine.Packets/One.cs", "record struct A(int X) { class Nested { } }")]
    [InlineData("src/NatEngine.Packets/Generic.cs", "class A<T> where T : struct, IStage { }")]
    [InlineData("src/NatEngine.Packets/Words.cs", "// unsafe\n/* unsafe */ class A { string s = \"unsafe\"; }")]
    public void A_file_that_keeps_to_the_rules_is_not_reported(string path, string text)
        => Assert.Empty(SourceRules.Violations(new SourceFile(path, text)));

    [Fact]
    public void A_file_too_long_or_too_wide_is_found()
    {
        SourceFile file = new("src/X.cs", string.Concat(Enumerable.Repeat("//\n", 300)) + new string(' ', 120) + ";\n");

        Assert.Equal(
            ["src/X.cs has 301 lines; 300 are enough.", "src/X.cs:301 has 121 columns; 120 are enough."],
            SourceRules.Violations(file));
    }

    [Fact]
    public void Code_is_told_from_strings_and_comments_of_every_kind()
    {
        string sample = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "Strings.cs"));

        string code = CodeText.Of(sample);

        Assert.Equal(sample.Split('\n').Length, code.Split('\n').Length);
        Assert.DoesNotContain("hidden", code, StringComparison.Ordinal);
        Assert.Equal(9, code.Split("visible").Length - 1);
    }
}
