using System;
using System.Linq;
using NatEngine.LoadTest.Clients.Running;

namespace NatEngine.LoadTest.Tests.Clients;

/// <summary>Who gets how much: of the clients, and of what the network carries.</summary>
public sealed class SharesTests
{
    [Theory]
    [InlineData(1.0, new long[] { 5, 5, 5, 5 })]
    [InlineData(0.25, new long[] { 7, 0, 0, 0 })] // everything to one of four
    [InlineData(0.5, new long[] { 3, 3, 0, 0 })] // half get nothing
    [InlineData(0.9, new long[] { 1, 2 })] // 9 / (2 * 5)
    [InlineData(1.0, new long[] { 0, 0, 0 })]
    public void Jains_index_is_as_its_authors_have_it(double expected, long[] shares)
        => Assert.Equal(expected, Fairness.Jain(shares), 12);

    [Theory]
    [InlineData(1.0, new long[] { 4, 4 })]
    [InlineData(0.5, new long[] { 1, 3 })]
    [InlineData(0.0, new long[] { 0, 9 })]
    [InlineData(1.0, new long[] { 0, 0 })]
    public void The_worst_client_is_told_as_a_part_of_the_mean(double expected, long[] shares)
        => Assert.Equal(expected, Fairness.Worst(shares), 12);

    [Theory]
    [InlineData(10, new double[] { 4, 2, 1, 1, 2 }, new[] { 4, 2, 1, 1, 2 })]
    [InlineData(1, new double[] { 1, 3, 2 }, new[] { 0, 1, 0 })] // one alone does what most do
    [InlineData(1, new double[] { 1, 1 }, new[] { 1, 0 })]
    [InlineData(3, new double[] { 4, 2, 1, 1, 2 }, new[] { 1, 1, 0, 0, 1 })]
    [InlineData(100, new double[] { 1, 1, 1 }, new[] { 34, 33, 33 })]
    public void Clients_are_shared_out_by_weight(int total, double[] weights, int[] expected)
    {
        int[] shares = Apportionment.Of(total, weights);

        Assert.Equal(expected, shares);
        Assert.Equal(total, shares.Sum());
    }

    [Theory]
    [InlineData("1,10,30", new double[] { 1, 10, 30 })]
    [InlineData("4094", new double[] { 4094 })]
    public void A_ladder_is_read(string text, double[] expected)
        => Assert.Equal(expected, Ladder.Parse("--ladder", text, Ladder.MostClients, whole: true));

    [Theory]
    [InlineData("10,1", "must ascend")]
    [InlineData("1,1", "must ascend")]
    [InlineData("", "must be a list of whole numbers from 1 to 4094")]
    [InlineData("0,1", "must be a list of whole numbers")]
    [InlineData("1,x", "must be a list of whole numbers")]
    [InlineData("1.5", "must be a list of whole numbers")]
    [InlineData("4095", "must be a list of whole numbers")]
    [InlineData("-3", "must be a list of whole numbers")]
    public void A_ladder_that_is_none_is_refused(string text, string expected)
    {
        BadInputException refused = Assert.Throws<BadInputException>(
            () => Ladder.Parse("--ladder", text, Ladder.MostClients, whole: true));

        Assert.StartsWith($"--ladder {text}: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1,5")]
    [InlineData("5,2")]
    [InlineData("1000001")]
    public void A_rate_of_nothing_or_less_is_refused(string text)
        => Assert.Throws<BadInputException>(() => Ladder.Parse("--rate", text, Ladder.HighestRate, whole: false));
}
