using System;
using System.Collections.Generic;
using System.IO;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>One host inside, a remote, and natengine between them with a file of rules.</summary>
internal sealed class RuledGateway : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nel-rules-");

    private RuledGateway(NatTopology topology) => Topology = topology;

    /// <summary>The network without the gateway.</summary>
    public NatTopology Topology { get; }

    /// <summary>The product.</summary>
    public NatEngineProcess Engine { get; private set; } = null!;

    /// <summary>The inside, 100.64.0.10.</summary>
    public InsideHost Client => Topology.Inside[0];

    /// <summary>The outside.</summary>
    public LabHost Remote => Topology.Remote;

    /// <summary>The rules file.</summary>
    public string RulesPath => PathOf("rules.v4");

    /// <summary>Builds the network, where the remote has a route to the inside and the kernel would forward, and starts
    /// the gateway.</summary>
    /// <param name="nat">The lines of table nat.</param>
    /// <param name="filter">The lines of table filter.</param>
    /// <param name="insideHosts">How many hosts there are inside.</param>
    /// <param name="options">What else it is told.</param>
    public static RuledGateway Start(
        string nat, string filter, int insideHosts = 1, params IReadOnlyList<string> options)
    {
        RuledGateway gateway = new(
            NatTopology.Create("rules", new NatTopologyOptions { InsideHosts = insideHosts }));
        try
        {
            gateway.Topology.RouteInsideAtRemote();
            gateway.Topology.Gateway.SetForwarding(true);
            gateway.Write(nat, filter);
            gateway.Engine = NatEngineProcess.Start(gateway.Topology, ["--rules", gateway.RulesPath, .. options]);
            return gateway;
        }
        catch
        {
            gateway.Dispose();
            throw;
        }
    }

    /// <summary>A file beside the rules.</summary>
    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Writes other rules to the file.</summary>
    public void Write(string nat, string filter)
        => File.WriteAllText(RulesPath, $"*nat\n{nat}\nCOMMIT\n*filter\n{filter}\nCOMMIT\n");

    /// <summary>Runs <c>natengine rules</c>.</summary>
    public ProgramResult Rules(params string[] words) => Engine.Ask(["rules", .. words]);

    /// <summary>Tries to fetch who the server sees, for no longer than a SYN is repeated.</summary>
    public static ProgramResult TryFetch(LabHost host, string address)
        => host.Run("curl", ["-sS", "--max-time", "3", $"http://{address}/peer"]);

    public void Dispose()
    {
        Engine?.Dispose();
        Topology.Dispose();
        _directory.Delete(recursive: true);
    }
}
