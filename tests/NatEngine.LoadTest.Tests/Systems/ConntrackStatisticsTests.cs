using System.Collections.Generic;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Tests.Systems;

public sealed class ConntrackStatisticsTests
{
    [Fact]
    public void Drops_are_summed_over_processors_by_reason()
    {
        const string text = """
            entries  clashres found new invalid ignore insert insert_failed drop early_drop icmp_error
            00002710  00000000 00000000 00000000 00000005 00000000 00000000 00000001 00000010 00000000 00000000
            00002710  00000000 00000000 00000000 00000005 00000000 00000000 00000000 000000ff 00000002 00000007
            """;

        Assert.Equal(
            new Dictionary<string, long> { ["drop"] = 0x10f, ["early_drop"] = 2, ["insert_failed"] = 1 },
            ConntrackStatistics.Drops(text));
    }

    [Fact]
    public void Nothing_is_no_drop()
        => Assert.All(ConntrackStatistics.Drops("").Values, count => Assert.Equal(0, count));

    [Fact]
    public void Memory_is_the_entries_that_are_set_aside_times_their_size()
    {
        const string text = """
            slabinfo - version: 2.1
            # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables
            nf_conntrack_expect      0      0    312   13    1 : tunables    0    0    0
            nf_conntrack         112    176    256   16    1 : tunables    0    0    0
            """;

        Assert.Equal(176 * 256, ConntrackStatistics.Octets(text));
        Assert.Null(ConntrackStatistics.Octets("slabinfo - version: 2.1"));
    }
}
