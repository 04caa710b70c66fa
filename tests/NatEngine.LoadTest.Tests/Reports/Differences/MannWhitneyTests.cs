using System.Linq;
using NatEngine.LoadTest.Reports.Differences;

namespace NatEngine.LoadTest.Tests.Reports.Differences;

public sealed class MannWhitneyTests
{
    // R: wilcox.test(x, y, exact = TRUE)$p.value, and 2 / choose(m + n, n) by hand where one lies wholly above.
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, 0.1)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 5, 6, 7, 8 }, 0.028571)]
    [InlineData(new double[] { 5, 6, 7, 8 }, new double[] { 1, 2, 3, 4 }, 0.028571)]
    [InlineData(new double[] { 1, 2, 3, 5 }, new double[] { 4, 6, 7, 8 }, 0.057143)]
    [InlineData(new double[] { 1, 3, 5, 7, 9 }, new double[] { 2, 4, 6, 8, 10 }, 0.690476)]
    public void Agrees_with_the_tables(double[] first, double[] second, double probability)
        => Assert.Equal(probability, MannWhitney.Probability(first, second), precision: 5);

    [Fact]
    public void The_same_values_are_no_difference()
        => Assert.Equal(1, MannWhitney.Probability([1, 2, 3, 4], [1, 2, 3, 4]));

    [Fact] // R: wilcox.test(1:15, 6:20 + 0.5, exact = FALSE)$p.value
    public void Many_values_are_judged_by_the_normal_distribution()
    {
        double[] first = [.. Enumerable.Range(1, 15).Select(value => (double)value)];
        double[] second = [.. Enumerable.Range(6, 15).Select(value => value + 0.5)];

        // The statistic counted by hand, and its distance from its mean in deviations.
        double below = first.Sum(one => second.Count(other => one > other));
        double distance = (112.5 - below - 0.5) / System.Math.Sqrt(15 * 15 * 31 / 12.0);
        Assert.InRange(distance, 2.7, 2.9);
        Assert.InRange(MannWhitney.Probability(first, second), 0.0037, 0.007);
    }
}
