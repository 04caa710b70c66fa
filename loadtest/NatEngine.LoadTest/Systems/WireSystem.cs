using System;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Testbeds;
using NatEngine.LoadTest.Wire;

namespace NatEngine.LoadTest.Systems;

/// <summary>Our packet input and output without the NAT: frames go from one interface to the other with only their
/// Ethernet addresses rewritten. What a NAT on the same sockets can reach at best.</summary>
internal sealed class WireSystem(string label) : ISystemUnderTest
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "wire";

    /// <summary>What the program says once it forwards.</summary>
    public const string ReadyLine = "forwarding";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private RunningProgram? _program;
    private bool _threaded;

    /// <inheritdoc/>
    public string Name => label;

    /// <inheritdoc/>
    public bool Translates => false;

    /// <inheritdoc/>
    public Testbed Build(CorePlacement cores, ReceivePlace receive)
    {
        _threaded = receive == ReceivePlace.Thread;
        return Testbed.WithGateway(cores, receive);
    }

    /// <inheritdoc/>
    public void SetUp(Testbed testbed)
    {
        testbed.Topology.RouteInsideAtRemote();
        WireGuard.Install(testbed.Gateway);
        _program = SelfProgram.Start(testbed.Gateway, testbed.Cores.System, [
            "wire",
            "--first", NatTopology.InternalInterface,
            "--first-peer", Testbed.StationOf(testbed.Inside, Testbed.EndInterface).ToString(),
            "--second", NatTopology.ExternalInterface,
            "--second-peer", Testbed.StationOf(testbed.Remote, Testbed.EndInterface).ToString(),
            .. _threaded ? ["--threaded-napi"] : Array.Empty<string>(),
        ]);
        _program.WaitForLine(ReadyLine, Patience);
    }

    /// <inheritdoc/>
    public void ResetState()
    {
        // A wire remembers no packet.
    }

    /// <inheritdoc/>
    public void EnsureAlive() => _program?.EnsureAlive(Name);

    /// <inheritdoc/>
    public SystemReading Read() => _program?.Read() ?? SystemReading.Nothing;

    /// <inheritdoc/>
    public void Dispose() => _program?.Dispose();
}
