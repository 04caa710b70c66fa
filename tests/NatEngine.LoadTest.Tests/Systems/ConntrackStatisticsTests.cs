using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Tests.Systems;

public sealed class ConntrackStatisticsTests
{
    [Fact]
    public void Drops_are_summed_over_reasons_and_processors()
    {
        const string text = """
            entries  clashres found new invalid ignore insert insert_failed drop early_drop icmp_error
            00002710  00000000 00000000 00000000 00000005 00000000 00000000 00000001 00000010 00000000 00000000
            00002710  00000000 00000000 00000000 00000005 00000000 00000000 00000000 000000ff 00000002 00000007
            """;

        Assert.Equal(0x1 + 0x10 + 0xff + 0x2, ConntrackStatistics.Drops(text));
    }

    [Fact]
    public void Nothing_is_no_drop() => Assert.Equal(0, ConntrackStatistics.Drops(""));
}
