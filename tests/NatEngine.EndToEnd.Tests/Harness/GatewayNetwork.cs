using System;
using System.Collections.Generic;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>Two hosts inside, a remote, and a gateway that translates between them.</summary>
internal sealed class GatewayNetwork : IDisposable
{
    /// <summary>The external port that the service on <see cref="Client"/>, port 80, is published on.</summary>
    public const int PublishedPort = 8080;

    private GatewayNetwork(NatTopology topology, GatewayKind kind)
    {
        Topology = topology;
        Kind = kind;
    }

    /// <summary>The network without what stands at the gateway.</summary>
    public NatTopology Topology { get; }

    /// <summary>What stands at the gateway.</summary>
    public GatewayKind Kind { get; }

    /// <summary>The product; only where it is what stands at the gateway.</summary>
    public NatEngineProcess? Engine { get; private set; }

    /// <summary>The first inside host, 100.64.0.10.</summary>
    public InsideHost Client => Topology.Inside[0];

    /// <summary>The second, 100.64.0.11.</summary>
    public InsideHost Neighbour => Topology.Inside[1];

    /// <summary>The outside.</summary>
    public LabHost Remote => Topology.Remote;

    /// <summary>Builds the network and starts the gateway.</summary>
    /// <param name="kind">What stands at the gateway.</param>
    /// <param name="offloads">Whether links carry super-frames and unfinished checksums.</param>
    /// <param name="options">More of natengine's command line.</param>
    public static GatewayNetwork Start(
        GatewayKind kind, bool offloads = true, params IReadOnlyList<string> options)
        => Start(kind, offloads, _ => { }, options);

    /// <summary>Builds the network, changes it, and starts the gateway.</summary>
    /// <param name="kind">What stands at the gateway.</param>
    /// <param name="prepare">What to change before the gateway looks.</param>
    public static GatewayNetwork Start(GatewayKind kind, Action<NatTopology> prepare)
        => Start(kind, offloads: true, prepare, []);

    /// <summary>How many sessions the gateway remembers.</summary>
    public int SessionCount() => Engine is null
        ? int.Parse(Topology.Gateway.Run("conntrack", ["-C"]).EnsureSuccess().Output.Trim(), null)
        : Engine.SessionCount();

    public void Dispose()
    {
        Engine?.Dispose();
        Topology.Dispose();
    }

    private static GatewayNetwork Start(
        GatewayKind kind, bool offloads, Action<NatTopology> prepare, IReadOnlyList<string> options)
    {
        NatTopology topology = NatTopology.Create("e2e", new NatTopologyOptions
        {
            InsideHosts = 2,
            Offloads = offloads,
            AddressOnExternalInterface = kind != GatewayKind.NatEngineOwned,
        });
        GatewayNetwork network = new(topology, kind);
        try
        {
            prepare(topology);
            network.StartGateway(options);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private void StartGateway(IReadOnlyList<string> options)
    {
        if (Kind == GatewayKind.Masquerade)
        {
            Topology.Gateway.SetForwarding(true);
            Topology.Gateway.ApplyNft(MasqueradeRules.Text);
            return;
        }

        List<string> all = ["--publish", $"tcp:{PublishedPort}={Client.Address}:80", .. options];
        if (Kind == GatewayKind.NatEngineOwned)
        {
            all.AddRange(["--external-address", NatTopology.ExternalAddress.ToString()]);
            all.AddRange(["--external-gateway", NatTopology.RemoteAddress.ToString()]);
        }

        Engine = NatEngineProcess.Start(Topology, all);
    }
}
