using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using NatEngine.EndToEnd.Tests.Harness;

namespace NatEngine.EndToEnd.Tests.Judges;

/// <summary>All that <c>turnutils_natdiscovery</c> can ask of one gateway, asked at once: most of it is waiting for
/// answers that do not come.</summary>
internal sealed class Discoveries : IDisposable
{
    /// <summary>The internal port that <see cref="Mapping"/> is discovered from.</summary>
    public const int MappingPort = 20_000;

    /// <summary>The internal port that both <see cref="Collision"/>'s addresses have.</summary>
    public const int CollisionPort = 20_500;

    // Seconds. A mapping must be there when asked after one, and gone when asked after the other.
    private const int Lifetime = 4;
    private const int Before = 1;
    private const int After = 6;

    private readonly GatewayNetwork _network;
    private readonly StunServer _server;
    private readonly List<NatDiscovery> _all = [];

    /// <summary>Builds a network with a gateway and starts to ask.</summary>
    /// <param name="preset">natengine's; null for the kernel's masquerade.</param>
    public Discoveries(string? preset)
    {
        string configPath = Path.GetTempFileName();
        try
        {
            File.WriteAllText(configPath, $$"""{ "timers": { "udp": {{Lifetime}}, "udpUnreplied": {{Lifetime}} } }""");
            _network = preset is null
                ? GatewayNetwork.Start(GatewayKind.Masquerade)
                : GatewayNetwork.Start(
                    GatewayKind.NatEngine, options: ["--preset", preset, "--config", configPath]);
        }
        finally
        {
            File.Delete(configPath);
        }

        if (preset is null)
        {
            _network.Topology.Gateway.SetSysctl("net.netfilter.nf_conntrack_udp_timeout", $"{Lifetime}");
            _network.Topology.Gateway.SetSysctl("net.netfilter.nf_conntrack_udp_timeout_stream", $"{Lifetime}");
        }

        _server = StunServer.Start(_network.Remote);
        IPAddress second = _network.Client.ClientAddress(0);
        Mapping = Ask(MappingPort, "-m");
        Filtering = Ask(20_100, "-f");
        Hairpin = Ask(20_200, "-H");
        PaddedMapping = Ask(20_300, "-m", "-P");
        PaddedFiltering = Ask(20_400, "-f", "-P");
        Collision = Ask(CollisionPort, "-c", "-A", second.ToString());
        ShortSilence = Ask(20_600, "-t", "-T", $"{Before}");
        LongSilence = Ask(20_700, "-t", "-T", $"{After}");
    }

    /// <summary>Does an internal end keep its external one, whoever it talks to?</summary>
    public NatDiscovery Mapping { get; }

    /// <summary>Who may answer?</summary>
    public NatDiscovery Filtering { get; }

    /// <summary>Does an internal end reach itself under its external one?</summary>
    public NatDiscovery Hairpin { get; }

    /// <summary>As <see cref="Mapping"/>, with datagrams that are fragmented.</summary>
    public NatDiscovery PaddedMapping { get; }

    /// <summary>As <see cref="Filtering"/>, with datagrams that are fragmented.</summary>
    public NatDiscovery PaddedFiltering { get; }

    /// <summary>What becomes of two internal addresses that use the same port?</summary>
    public NatDiscovery Collision { get; }

    /// <summary>Is a mapping there after a silence shorter than its timer?</summary>
    public NatDiscovery ShortSilence { get; }

    /// <summary>And after a longer one?</summary>
    public NatDiscovery LongSilence { get; }

    public void Dispose()
    {
        _all.ForEach(discovery => discovery.Dispose());
        _server?.Dispose();
        _network.Dispose();
    }

    private NatDiscovery Ask(int port, params string[] options)
    {
        NatDiscovery discovery = NatDiscovery.Start(
            _network.Client.Host, new IPEndPoint(_network.Client.Address, port), options);
        _all.Add(discovery);
        return discovery;
    }
}
