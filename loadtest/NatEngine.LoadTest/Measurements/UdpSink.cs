using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using NatEngine.Lab;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Counts the datagrams of a flood at the remote host, and ends them there.</summary>
/// <remarks>A rule at the ingress hook of the host's interface: the earliest place there is, before the host's stack
/// spends time on the packet. Datagrams that come from where they should not, untranslated ones say, are counted apart.
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

    /// <summary>Starts counting.</summary>
    /// <param name="host">The remote host.</param>
    /// <param name="interfaceName">Its interface.</param>
    /// <param name="port">The destination port of the flood.</param>
    /// <param name="sources">The prefix that its datagrams should come from.</param>
    public UdpSink(LabHost host, string interfaceName, int port, string sources)
    {
        _host = host;
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
    }

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

        return Read("reset");
    }

    /// <summary>Stops counting: datagrams go on to the host's programs.</summary>
    public void Dispose() => _host.Run("nft", ["delete", "table", "netdev", Table]);

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
        => Parse(_host.Run("nft", ["--json", verb, "counters", "table", "netdev", Table]).EnsureSuccess().Output);
}
