namespace NatEngine.Devices.Tests.Wire;

/// <summary>A theory on real interfaces: skipped, saying why, where it cannot make them.</summary>
public sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute() => Skip = Requirements.Missing;
}
