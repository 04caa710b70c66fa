using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Systems;

/// <summary>Whatever stands between two interfaces of the machine. Of it nothing is known but what goes through.
/// </summary>
/// <param name="label">What the results call it.</param>
/// <param name="cables">The interfaces, and the addresses around it.</param>
internal sealed class ExternalSystem(string label, ExternalCables cables) : ISystemUnderTest
{
    /// <summary>How the command line calls it.</summary>
    public const string SystemName = "external";

    /// <inheritdoc/>
    public string Name => label;

    /// <inheritdoc/>
    public bool Translates => true;

    /// <inheritdoc/>
    public Testbed Build(CorePlacement cores, ReceivePlace receive) => Testbed.WithExternal(cores, cables);

    /// <inheritdoc/>
    public void SetUp(Testbed testbed)
    {
        // It was set up by whoever cabled it.
    }

    /// <inheritdoc/>
    public void ResetState()
    {
        // Nobody here can. Its sessions of one measurement may outlive it; docs/benchmarking.md says so.
    }

    /// <inheritdoc/>
    public void EnsureAlive()
    {
        // What is measured will tell.
    }

    /// <inheritdoc/>
    public SystemReading Read() => SystemReading.Nothing;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The testbed gives the interfaces back.
    }
}
