using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using NatEngine.Devices;
using NatEngine.Host.Hosting;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Host.Tests.Hosting;

public sealed class StatisticsTests
{
    private static readonly Statistics Sample = new()
    {
        Version = "0.1.0+abc",
        Uptime = TimeSpan.FromSeconds(12.3),
        Layout = PipelineLayout.RunToCompletion,
        InternalInterface = "eth1",
        ExternalInterface = "eth0",
        Pipeline = new PipelineCounters(
            new PortCounters(11, 12, 13, 14, 15, new ArpCounters(1, 2, 3, 4, 5)),
            new PortCounters(21, 22, 23, 24, 25, default),
            Enum.GetValues<DropReason>().Where(reason => reason != DropReason.None)
                .ToDictionary(reason => reason, reason => (long)reason)),
        InternalDevice = new DeviceStatistics(0, 0, 31, 32, 33, 34),
        ExternalDevice = new DeviceStatistics(0, 0, 41, 42, 43, 44),
        ExternalInThreads = true,
        InternalReceiveSwitches = 51,
        ExternalReceiveSwitches = 52,
        Sessions = new Dictionary<IpProtocol, long> { [IpProtocol.Udp] = 7, [IpProtocol.Tcp] = 5 },
        MaxSessions = 1000,
        Mappings = 9,
        LostLogLines = 66,
        Translation = new TranslationCounters(61, 62, 63, 64, 65),
        Memory = new ProcessMemory(71, 72, 73, 74),
    };

    [Fact]
    public void Text_has_a_line_for_each_reason_to_drop()
    {
        string[] lines = Lines(StatisticsText.Write);
        foreach (DropReason reason in Enum.GetValues<DropReason>().Where(reason => reason != DropReason.None))
        {
            Assert.Contains(lines, line => Words(line) is [string name, string count]
                && name == reason.ToString() && count == ((int)reason).ToString(null, null));
        }
    }

    [Theory]
    [InlineData("received packets 11 21")]
    [InlineData("received octets 12 22")]
    [InlineData("sent packets 13 23")]
    [InlineData("sent octets 14 24")]
    [InlineData("left to kernel 15 25")]
    [InlineData("ring drops 31 41")]
    [InlineData("received in threads 0 1")]
    [InlineData("receive switches 51 52")]
    [InlineData("truncated 32 42")]
    [InlineData("send retries 33 43")]
    [InlineData("send failures 34 44")]
    [InlineData("arp requests received 1 0")]
    [InlineData("arp conflicts 5 0")]
    [InlineData("interface eth1 eth0")]
    [InlineData("layout rx+lookup+rewrite+checksum+tx")]
    [InlineData("lanes 1")]
    [InlineData("sessions 12")]
    [InlineData("sessions tcp 5")]
    [InlineData("sessions udp 7")]
    [InlineData("sessions at most 1000")]
    [InlineData("sessions created 61")]
    [InlineData("mappings 9")]
    [InlineData("mappings ended 65")]
    [InlineData("log lines lost 66")]
    [InlineData("memory resident octets 71")]
    [InlineData("memory heap committed octets 73")]
    [InlineData("memory collections 74")]
    [InlineData("uptime 12 s")]
    public void Text_names_each_number(string expected)
        => Assert.Contains(expected, Lines(StatisticsText.Write).Select(line => string.Join(' ', Words(line))));

    [Fact]
    public void Json_says_the_same()
    {
        using JsonDocument document = JsonDocument.Parse(string.Join('\n', Lines(StatisticsJson.Write)));
        JsonElement root = document.RootElement;
        Assert.Equal("0.1.0+abc", root.GetProperty("version").GetString());
        Assert.Equal(12, root.GetProperty("uptimeSeconds").GetInt32());
        Assert.Equal("eth1", root.GetProperty("internal").GetProperty("interface").GetString());
        Assert.Equal(11, root.GetProperty("internal").GetProperty("receivedPackets").GetInt64());
        Assert.Equal(25, root.GetProperty("external").GetProperty("leftToKernel").GetInt64());
        Assert.Equal(72, root.GetProperty("memory").GetProperty("heapOctets").GetInt64());
        Assert.Equal(12, root.GetProperty("tables").GetProperty("sessions").GetInt64());
        Assert.Equal(1000, root.GetProperty("tables").GetProperty("sessionsAtMost").GetInt64());
        JsonElement drops = root.GetProperty("drops");
        Assert.Equal((int)DropReason.NoMapping, drops.GetProperty("NoMapping").GetInt64());
        Assert.Equal(Enum.GetValues<DropReason>().Length - 1, drops.EnumerateObject().Count());
    }

    private static string[] Lines(Action<Statistics, Action<string>> write)
    {
        List<string> lines = [];
        write(Sample, lines.Add);
        return [.. lines];
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
