using CsCheck;

namespace NatEngine.Rules.Tests;

public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_is_read_as_it_was()
        => RuleGenerators.RuleSets.Sample(
            rules =>
            {
                string text = RuleText.Of(rules);
                RuleReading reading = RuleFile.Read(text, "f");

                Assert.DoesNotContain(reading.Findings, finding => finding.Severity == FindingSeverity.Error);
                Assert.Equal(rules, reading.Rules);
                Assert.Equal(text, RuleText.Of(reading.Rules));
            },
            iter: 1_000);

    [Fact]
    public void Counters_can_be_left_out()
        => RuleGenerators.RuleSets.Sample(
            rules => Assert.DoesNotContain(
                RuleText.Of(rules, withCounters: false).Split('\n'), line => line.StartsWith('[')),
            iter: 100);

    [Fact] // A change of any character is either read otherwise, or refused, or was in a comment; nothing is thrown.
    public void Damaged_text_is_read_without_a_mishap()
        => Gen.Select(RuleGenerators.RuleSets, Gen.Int[0, 10_000], Gen.Char[' ', '~']).Sample(
            (rules, place, character) =>
            {
                char[] text = RuleText.Of(rules).ToCharArray();
                text[place % text.Length] = character;
                RuleReading reading = RuleFile.Read(new string(text), "f");
                RuleReading again = RuleFile.Read(RuleText.Of(reading.Rules), "f");

                Assert.True(!reading.IsUsable || again.Rules.Equals(reading.Rules));
            },
            iter: 300);
}
