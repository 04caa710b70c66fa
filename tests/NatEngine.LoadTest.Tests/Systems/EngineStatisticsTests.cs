using System.Collections.Generic;
using System.Linq;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Tests.Systems;

public sealed class EngineStatisticsTests
{
    private const string Statistics = """
        {
          "version": "1",
          "internal": { "interface": "lan0", "ringDrops": 40, "sendFailures": 1 },
          "external": { "interface": "wan0", "ringDrops": 2, "sendFailures": 0 },
          "memory": { "residentOctets": 90, "heapOctets": 10, "heapCommittedOctets": 12, "collections": 1 },
          "tables": { "sessions": 7, "sessionsUdp": 7 },
          "drops": { "Filtered": 3, "OutOfPorts": 5 }
        }
        """;

    [Fact]
    public void Sessions_and_drops_by_reason_are_read_and_what_the_rings_lost_is_among_them()
    {
        SystemReading reading = EngineStatistics.Parse(Statistics);

        Assert.Equal(7, reading.Sessions);
        Assert.Equal(12, reading.HeapOctets);
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["Filtered"] = 3,
                ["OutOfPorts"] = 5,
                ["ringDrops"] = 42,
                ["sendFailures"] = 1,
            },
            reading.Drops.ToDictionary());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "drops": { "Filtered": "many" } }""")]
    public void What_is_no_statistics_is_told_of(string text)
        => Assert.Contains("natengine's statistics", Assert.Throws<SystemFailedException>(
            () => EngineStatistics.Parse(text)).Message, System.StringComparison.Ordinal);
}
