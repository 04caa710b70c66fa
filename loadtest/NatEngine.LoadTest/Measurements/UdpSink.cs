using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using NatEngine.Devices;
using NatEngine.Lab;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Counts the datagrams of a flood at the remote host, and ends them there.</summary>
/// <remarks>
/// <para>An XDP program discards them in the driver, for a fraction of what any other way costs: on a virtual cable the
/// receiver's first steps are the sender's work, and must not be what is measured. The driver counts them.</para>
/// <para>Datagrams that come from where they should not, untranslated ones say, go on to a rule behind it that counts
/// them apart. Where the kernel has no XDP, that rule does all.</para>
/// </remarks>
internal sealed class UdpSink : IDisposable
{
    private const string Table = "natload_sink";
    private const string Expected = "expected";
    private const string Unexpected = "unexpected";

    // How long the last datagrams of a flood may be on their way, at most.
    private const int SettleRounds = 50;
    private static readonly TimeSpan SettleInterval = TimeSpan.FromMilliseconds(10);

    private readonly LabHost _host;
    private readonly string _interface;
    private readonly XdpProgram? _discard;
    private long _discarded;

    /// <summary>Starts counting.</summary>
    /// <param name="host">The remote host.</param>
    /// <param name="interfaceName">Its interface.</param>
    /// <param name="port">The destination port of the flood.</param>
    /// <param name="sources">The prefix that its datagrams should come from.</param>
    public UdpSink(LabHost host, string interfaceName, int port, IPv4Prefix sources)
    {
        _host = host;
        _interface = interfaceName;
        host.ApplyNft($$"""
            table netdev {{Table}} {
                counter {{Expected}} { }
                counter {{Unexpected}} { }
                chain arrivals {
                    type filter hook ingress device "{{interfaceName}}" priority 0; policy accept;
                    ip saddr {{sources}} udp dport {{port}} counter name {{Expected}} drop
                    udp dport {{port}} counter name {{Unexpected}} drop
                }
            }
            """);
        try
        {
            _discard = host.Enter(() => XdpProgram.Attach(interfaceName, UdpDiscard.Program(sources, (ushort)port)));
            _discarded = ReadDiscarded();
        }
        catch (DeviceException without)
        {
            Remark = $"the sink had to do without XDP and cost more: {without.Message}";
        }
    }

    /// <summary>What makes the counts doubtful; null if nothing does.</summary>
    public string? Remark { get; }

    /// <summary>Waits until nothing more arrives, and takes what has arrived since the last time.</summary>
    public UdpArrivals Take()
    {
        UdpArrivals last = Read("list");
        for (int round = 0; round < SettleRounds; round++)
        {
            Thread.Sleep(SettleInterval);
            UdpArrivals now = Read("list");
            if (now == last)
            {
                break;
            }

            last = now;
        }

        UdpArrivals taken = Read("reset");
        _discarded = _discard is null ? 0 : ReadDiscarded();
        return taken;
    }

    /// <summary>Stops counting: datagrams go on to the host's programs.</summary>
    public void Dispose()
    {
        _discard?.Dispose();
        _host.Run("nft", ["delete", "table", "netdev", Table]);
    }

    /// <summary>Reads what ethtool writes of veth's statistics: a line for each queue and counter.</summary>
    internal static long ParseDiscarded(string statistics) => statistics.Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.StartsWith("rx_queue_", StringComparison.Ordinal)
            && line.Contains("_xdp_drops:", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture));

    /// <summary>Reads the JSON that nft writes of the counters.</summary>
    internal static UdpArrivals Parse(string json)
    {
        Dictionary<string, long> packets = [];
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (JsonElement item in document.RootElement.GetProperty("nftables").EnumerateArray())
        {
            if (item.TryGetProperty("counter", out JsonElement counter))
            {
                packets[counter.GetProperty("name").GetString()!] = counter.GetProperty("packets").GetInt64();
            }
        }

        return new UdpArrivals(packets[Expected], packets[Unexpected]);
    }

    private UdpArrivals Read(string verb)
    {
        UdpArrivals behind = Parse(
            _host.Run("nft", ["--json", verb, "counters", "table", "netdev", Table]).EnsureSuccess().Output);
        return _discard is null ? behind : behind with { Expected = behind.Expected + ReadDiscarded() - _discarded };
    }

    private long ReadDiscarded()
        => ParseDiscarded(_host.Run("ethtool", ["--statistics", _interface]).EnsureSuccess().Output);
}
