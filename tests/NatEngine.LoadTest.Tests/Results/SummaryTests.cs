using System;
using NatEngine.LoadTest.Results;

namespace NatEngine.LoadTest.Tests.Results;

public sealed class SummaryTests
{
    [Fact]
    public void Of_an_odd_number_the_median_is_the_one_in_the_middle()
        => Assert.Equal(new Summary(3, 2, 1, 90), Summary.Of([90, 1, 2]));

    [Fact]
    public void Of_an_even_number_the_median_is_halfway_between_the_two_in_the_middle()
        => Assert.Equal(new Summary(4, 2.5, 1, 4), Summary.Of([4, 1, 3, 2]));

    [Fact]
    public void One_value_is_its_own_spread() => Assert.Equal(new Summary(1, 7, 7, 7), Summary.Of([7]));

    [Fact]
    public void Refuses_nothing_and_what_is_no_number()
    {
        Assert.Throws<ArgumentException>(() => Summary.Of([]));
        Assert.Throws<ArgumentException>(() => Summary.Of([1, double.NaN]));
    }

    [Theory] // As R's quantile(c(10, 20, 30, 40), p) gives them.
    [InlineData(0, 10)]
    [InlineData(1, 10.3)]
    [InlineData(50, 25)]
    [InlineData(99, 39.7)]
    [InlineData(100, 40)]
    public void Percentiles_are_interpolated_between_neighbours(double percent, double expected)
        => Assert.Equal(expected, Percentiles.OfSorted([10, 20, 30, 40], percent), 9);

    [Fact]
    public void Refuses_a_percentage_outside_of_0_to_100()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Percentiles.OfSorted([1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Percentiles.OfSorted([1], 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => Percentiles.OfSorted([], 50));
    }
}
