using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Tests.Machine;

public sealed class ProcessorTimesTests
{
    private const string Before = """
        cpu  0 0 0 0 0 0 0 0 0 0
        cpu0 0 0 0 0 0 0 0 0 0 0
        cpu1 0 0 0 0 0 0 0 0 0 0
        intr 1 2 3
        """;

    // Of 100 ticks each: cpu0 worked 10 + 20 + 5 and lost 15, cpu1 was idle or waited.
    private const string After = """
        cpu  10 0 20 140 10 0 5 15 0 0
        cpu0 10 0 20 50 0 0 5 15 7 0
        cpu1 0 0 0 90 10 0 0 0 0 0
        intr 4 5 6
        """;

    private readonly ProcessorTimes _before = ProcessorTimes.Parse(Before);
    private readonly ProcessorTimes _after = ProcessorTimes.Parse(After);

    [Fact]
    public void Work_is_what_was_neither_idle_nor_waiting_nor_stolen()
    {
        Assert.Equal(35, _after.BusyPercentSince(_before, processor: 0));
        Assert.Equal(0, _after.BusyPercentSince(_before, processor: 1));
        Assert.Equal(17.5, _after.BusyPercentSince(_before));
    }

    [Fact]
    public void Stolen_time_is_told_apart() => Assert.Equal(7.5, _after.StealPercentSince(_before));

    [Fact]
    public void No_time_is_no_work() => Assert.Equal(0, _before.BusyPercentSince(_before));

    [Fact]
    public void This_machine_has_its_processors()
        => Assert.NotEmpty(ProcessorTimes.Read().Busy);

    [Theory]
    [InlineData(9, false)]
    [InlineData(60, true)]
    public void A_machine_that_is_busy_while_it_should_be_idle_is_remarked_on(double percent, bool remarked)
        => Assert.Equal(remarked, OtherLoad.Remark(percent) is not null);
}
