using NatEngine.LoadTest.Measurements;

namespace NatEngine.LoadTest.Tests.Measurements;

/// <summary>Reading what other programs write. The texts are theirs, copied.</summary>
public sealed class OutputTests
{
    [Fact]
    public void Ping_tells_round_trips_line_by_line()
    {
        const string output = """
            PING 198.51.100.20 (198.51.100.20) 56(84) bytes of data.
            64 bytes from 198.51.100.20: icmp_seq=1 ttl=63 time=0.108 ms
            64 bytes from 198.51.100.20: icmp_seq=2 ttl=63 time=0.024 ms (DUP!)
            64 bytes from 198.51.100.20: icmp_seq=3 ttl=63 time=12.5 ms
            From 100.64.0.1 icmp_seq=4 Destination Host Unreachable

            --- 198.51.100.20 ping statistics ---
            4 packets transmitted, 2 received, +1 duplicates, 50% packet loss, time 15ms
            rtt min/avg/max/mdev = 0.024/4.210/12.500/0.010 ms
            """;

        Assert.Equal([108, 12_500], PingOutput.RoundTrips(output));
    }

    [Fact]
    public void Ping_without_an_answer_tells_none()
        => Assert.Empty(PingOutput.RoundTrips("PING 198.51.100.20 (198.51.100.20) 56(84) bytes of data.\n"));

    [Fact]
    public void Iperf_reports_what_was_received()
    {
        const string json = """
            {"start": {}, "intervals": [], "end": {
              "sum_sent": {"bytes": 1, "bits_per_second": 9.9e9, "retransmits": 42, "sender": true},
              "sum_received": {"bytes": 1, "bits_per_second": 9.5e9, "sender": true}}}
            """;

        Assert.Equal(new IperfReport(9.5e9, 42), IperfReport.Parse(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("iperf3: interrupt")]
    [InlineData("""{"start": {}, "intervals": [], "end": {}, "error": "unable to connect to server"}""")]
    public void Iperf_without_an_end_reports_nothing(string output) => Assert.Null(IperfReport.Parse(output));

    [Fact]
    public void Ethtool_counts_what_a_driver_discarded_in_each_queue()
    {
        const string statistics = """
            NIC statistics:
                 peer_ifindex: 3
                 rx_queue_0_xdp_packets: 1904180
                 rx_queue_0_xdp_drops: 1904176
                 rx_queue_1_xdp_drops: 4
                 rx_queue_1_xdp_tx: 9
                 tx_queue_0_xdp_xmit: 7
            """;

        Assert.Equal(1_904_180, UdpSink.ParseDiscarded(statistics));
    }

    [Fact]
    public void Nft_counts_what_arrived()
    {
        const string json = """
            {"nftables": [{"metainfo": {"version": "1.0.6", "json_schema_version": 1}},
              {"counter": {"family": "netdev", "name": "unexpected", "handle": 2, "packets": 3, "bytes": 9}},
              {"counter": {"family": "netdev", "name": "expected", "handle": 1, "packets": 7, "bytes": 9}}]}
            """;

        Assert.Equal(new UdpArrivals(Expected: 7, Unexpected: 3), UdpSink.Parse(json));
    }
}
