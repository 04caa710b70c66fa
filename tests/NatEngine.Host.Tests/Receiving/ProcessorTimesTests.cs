using NatEngine.Host.Receiving;

namespace NatEngine.Host.Tests.Receiving;

public sealed class ProcessorTimesTests
{
    private static readonly ProcessorTimes Before = ProcessorTimes.Parse(
    [
        "cpu  300 0 300 300 0 0 300 0 0 0",
        "cpu0 100 0 100 100 20 0 100 0 0 0",
        "cpu1 100 0 100 100 0 0 100 0 7 0",
        "intr 5 1 2 3",
        "softirq 9 0 1",
    ]);

    private static readonly ProcessorTimes After = ProcessorTimes.Parse(
    [
        "cpu  500 0 500 500 0 0 500 0 0 0",
        "cpu0 110 5 110 150 30 0 110 5 0 0",
        "cpu1 105 0 115 100 0 0 180 0 9 0",
        "cpu2 1 1 1 1 1 1 1 1 1 1",
    ]);

    [Theory]
    [InlineData(0, 0.1, 0.6)] // of 100: 10 in soft interrupts, 50 idle and 10 waiting for disks
    [InlineData(1, 0.8, 0.0)]
    [InlineData(2, 0.0, 1.0)] // came meanwhile
    [InlineData(3, 0.0, 1.0)] // is not there
    public void Shares_are_of_the_time_between_two_looks(int processor, double interrupts, double idle)
        => Assert.Equal(new ProcessorShares(interrupts, idle), After.Since(Before, [processor]));

    [Fact]
    public void Of_several_processors_it_is_the_worst()
        => Assert.Equal(new ProcessorShares(0.8, 0), After.Since(Before, [0, 1]));

    [Fact] // proc_stat(5): iowait may decrease
    public void A_count_that_goes_back_is_no_time()
    {
        ProcessorTimes later = ProcessorTimes.Parse(["cpu0 110 0 100 190 10 0 100 0 0 0"]);

        Assert.Equal(new ProcessorShares(0, 0.9), later.Since(Before, [0]));
    }

    [Fact]
    public void Twice_the_same_look_says_nothing()
        => Assert.Equal(new ProcessorShares(0, 1), Before.Since(Before, [0, 1]));
}
