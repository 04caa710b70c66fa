using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using NatEngine.Lab;

namespace NatEngine.EndToEnd.Tests.Judges;

/// <summary>One run of coturn's <c>turnutils_natdiscovery</c>: a stranger's opinion of a NAT (RFC 5780).</summary>
internal sealed class NatDiscovery : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RunningProgram _program;

    private NatDiscovery(RunningProgram program) => _program = program;

    /// <summary>Starts a test.</summary>
    /// <param name="host">Who asks.</param>
    /// <param name="from">The address and port to ask from.</param>
    /// <param name="options">Which test.</param>
    public static NatDiscovery Start(LabHost host, IPEndPoint from, params IReadOnlyList<string> options) => new(
        host.Start(
            "turnutils_natdiscovery",
            [.. options, "-L", from.Address.ToString(), "-l", $"{from.Port}", StunServer.First.Address.ToString()]));

    /// <summary>The verdict, such as "NAT with Endpoint Independent Mapping!".</summary>
    public string Verdict() => Lines().SingleOrDefault(line => line.EndsWith('!')) ?? string.Empty;

    /// <summary>The external ends that the server saw, in their order.</summary>
    public IReadOnlyList<IPEndPoint> Reflexive() => [.. Lines()
        .Where(line => line.Contains("UDP reflexive addr", StringComparison.Ordinal))
        .Select(line => IPEndPoint.Parse(line.Split(' ')[^1]))];

    /// <summary>How many of its questions got no answer.</summary>
    public int Silences() => Lines().Count(line => line.StartsWith("STUN receive timeout", StringComparison.Ordinal));

    /// <summary>Whether what it sent to its own external end came back.</summary>
    public bool IsHairpinned()
        => Lines().Any(line => line.Contains("successful hairpinning", StringComparison.Ordinal));

    public void Dispose() => _program.Dispose();

    /// <summary>All that it says, once it has ended.</summary>
    private string[] Lines()
    {
        ProgramResult result = _program.WaitForExit(Patience);
        Assert.True(result.Output.Contains("RFC 5780 response 1", StringComparison.Ordinal), result.ToString());
        return result.Output.Split('\n');
    }
}
