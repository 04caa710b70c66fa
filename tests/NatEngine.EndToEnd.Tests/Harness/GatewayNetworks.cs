using System;
using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>One network of each kind for all tests of a class, made when first asked for.</summary>
public sealed class GatewayNetworks : IDisposable
{
    private readonly Dictionary<GatewayKind, GatewayNetwork> _networks = [];

    public void Dispose()
    {
        foreach (GatewayNetwork network in _networks.Values)
        {
            network.Dispose();
        }
    }

    /// <summary>The network of a kind.</summary>
    internal GatewayNetwork Of(GatewayKind kind)
    {
        if (!_networks.TryGetValue(kind, out GatewayNetwork? network))
        {
            network = GatewayNetwork.Start(kind);
            _networks.Add(kind, network);
        }

        if (network.Engine is { HasExited: true } engine)
        {
            Assert.Fail($"The gateway has ended:\n{engine.Log}");
        }

        return network;
    }
}
