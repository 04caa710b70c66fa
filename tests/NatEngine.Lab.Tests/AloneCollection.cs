namespace NatEngine.Lab.Tests;

/// <summary>Tests of what every new lab sees to, and which so run when no other makes one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    internal const string Name = "Alone";
}
