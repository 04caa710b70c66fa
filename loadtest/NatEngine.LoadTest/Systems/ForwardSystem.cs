using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Systems;

/// <summary>The kernel's own forwarding, without any NAT: what routing alone costs.</summary>
internal sealed class ForwardSystem(string label) : ISystemUnderTest
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "forward";

    /// <inheritdoc/>
    public string Name => label;

    /// <inheritdoc/>
    public bool Translates => false;

    /// <inheritdoc/>
    public Testbed Build(CorePlacement cores, ReceivePlace receive)
        => Testbed.WithGateway(cores, ReceivePlace.System);

    /// <inheritdoc/>
    public void SetUp(Testbed testbed)
    {
        testbed.Topology.RouteInsideAtRemote();
        testbed.Gateway.SetForwarding(true);
    }

    /// <inheritdoc/>
    public void ResetState()
    {
        // There is no state: a router remembers no packet.
    }

    /// <inheritdoc/>
    public void EnsureAlive()
    {
        // It is the kernel.
    }

    /// <inheritdoc/>
    public SystemReading Read() => SystemReading.Nothing;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The testbed takes everything with it.
    }
}
