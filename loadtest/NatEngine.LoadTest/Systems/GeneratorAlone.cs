using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Results;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Systems;

/// <summary>Nothing: the two ends cabled together. What is measured on it is what the generator and the sink can do,
/// and no figure near it tells anything of a system between them.</summary>
internal sealed class GeneratorAlone : ISystemUnderTest
{
    /// <inheritdoc/>
    public string Name => Summarizing.Ceiling;

    /// <inheritdoc/>
    public bool Translates => false;

    /// <inheritdoc/>
    public Testbed Build(CorePlacement cores, ReceivePlace receive)
        => Testbed.WithoutGateway(cores);

    /// <inheritdoc/>
    public void SetUp(Testbed testbed)
    {
    }

    /// <inheritdoc/>
    public void ResetState()
    {
    }

    /// <inheritdoc/>
    public void EnsureAlive()
    {
        // A cable does not die.
    }

    /// <inheritdoc/>
    public SystemReading Read() => SystemReading.Nothing;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
