using System;
using System.Collections.Generic;
using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Tests.Measurements;

public sealed class RateSearchTests
{
    private const double FullSpeed = 1000;

    private readonly List<double> _offers = [];

    [Fact]
    public void Finds_more_than_an_overloaded_system_delivers()
    {
        // Carries 500, and loses one more for every two that it is offered beyond.
        FloodTrial best = Search(offered => offered <= 500 ? offered : 500 - ((offered - 500) / 2));

        Assert.InRange(best.DeliveredRate, 400, 500);
        Assert.InRange(best.LossPercent, 0, 15);
    }

    [Fact]
    public void Finds_what_a_system_can_do_that_collapses_under_overload()
    {
        // A receive livelock: carries 300, and next to nothing when offered more.
        FloodTrial best = Search(offered => offered <= 300 ? offered : 5);

        Assert.InRange(best.DeliveredRate, 240, 300);
        Assert.Equal(0, best.LossPercent, 9);
    }

    [Fact]
    public void Is_content_with_a_system_that_delivers_its_best_under_overload()
    {
        FloodTrial best = Search(offered => Math.Min(offered, 500));

        // Offers of 800, 640 and 512, and none that could not bring more.
        Assert.Equal(500, best.DeliveredRate);
        Assert.Equal(3, _offers.Count);
    }

    [Fact]
    public void Asks_a_system_that_delivers_everything_for_no_more_than_there_is()
    {
        FloodTrial best = Search(offered => offered);

        Assert.Equal(FullSpeed, best.DeliveredRate);
        Assert.Empty(_offers);
    }

    [Fact]
    public void Gives_up_on_a_system_that_delivers_nothing()
    {
        FloodTrial best = Search(_ => 0);

        Assert.Equal(0, best.DeliveredRate);
        Assert.InRange(_offers.Count, 1, 12);
    }

    private FloodTrial Search(Func<double, double> deliver)
        => RateSearch.FindBest(Trial(FullSpeed, deliver), rate =>
        {
            _offers.Add(rate);
            return Trial(rate, deliver);
        });

    private static FloodTrial Trial(double offered, Func<double, double> deliver)
        => new(offered, deliver(offered), [], []);
}
