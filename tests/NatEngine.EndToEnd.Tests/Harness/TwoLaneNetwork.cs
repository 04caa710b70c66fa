using System;
using System.Linq;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>Four hosts inside, of both lanes, behind natengine with two. Each host has port 80 published.
/// </summary>
public sealed class TwoLaneNetwork : IDisposable
{
    /// <summary>The external port of the first host's service; the others' follow, in stripes of both lanes.</summary>
    public const int FirstPublished = 8190;

    /// <summary>Builds the network and starts the gateway.</summary>
    public TwoLaneNetwork()
    {
        Topology = NatTopology.Create("e2e", new NatTopologyOptions { InsideHosts = 4 });
        try
        {
            Engine = NatEngineProcess.Start(
                Topology,
                [
                    "--lanes", "2",
                    .. Topology.Inside.SelectMany(
                        (host, place) => new[] { "--publish", $"tcp:{FirstPublished + place}={host.Address}:80" }),
                ]);
        }
        catch
        {
            Topology.Dispose();
            throw;
        }
    }

    /// <summary>The network.</summary>
    internal NatTopology Topology { get; }

    /// <summary>What stands at the gateway.</summary>
    internal NatEngineProcess Engine { get; }

    public void Dispose()
    {
        Engine.Dispose();
        Topology.Dispose();
    }
}
