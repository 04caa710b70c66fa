namespace NatEngine.Translation.Tests.Tables;

/// <summary>Tests that look at the whole process, and so run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    internal const string Name = "Alone";
}
