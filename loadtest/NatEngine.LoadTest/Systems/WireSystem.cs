using System;
using NatEngine.Lab;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Systems;

/// <summary>Our packet input and output without the NAT: frames go from one interface to the other with only their
/// Ethernet addresses rewritten. What a NAT on the same sockets can reach at best.</summary>
internal sealed class WireSystem(string label) : ISystemUnderTest
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "wire";

    /// <summary>What the program says once it forwards.</summary>
    public const string ReadyLine = "forwarding";

    // The kernel's stack would spend the processor's time on every frame a second time; ARP is left to it.
    private const string Guard = $$"""
        table netdev natload {
            chain first {
                type filter hook ingress device "{{NatTopology.InternalInterface}}" priority -500; policy accept;
                ether type ip drop
            }
            chain second {
                type filter hook ingress device "{{NatTopology.ExternalInterface}}" priority -500; policy accept;
                ether type ip drop
            }
        }
        """;

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
        testbed.Gateway.ApplyNft(Guard);
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
