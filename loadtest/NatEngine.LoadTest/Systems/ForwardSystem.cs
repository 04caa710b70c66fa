using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Systems;

/// <summary>The kernel's own forwarding, without any NAT: what routing alone costs.</summary>
internal sealed class ForwardSystem : ISystemUnderTest
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "forward";

    /// <inheritdoc/>
    public string Name => SystemName;

    /// <inheritdoc/>
    public bool NeedsGateway => true;

    /// <inheritdoc/>
    public bool InUserSpace => false;

    /// <inheritdoc/>
    public bool Translates => false;

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
    public SystemReading Read() => default;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The testbed takes everything with it.
    }
}
