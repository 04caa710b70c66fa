namespace NatEngine.Devices.Tests.Wire;

/// <summary>A test on real interfaces: skipped, saying why, where it cannot make them.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = Requirements.Missing;
}
