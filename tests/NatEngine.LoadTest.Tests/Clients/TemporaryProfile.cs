using System;
using System.IO;

namespace NatEngine.LoadTest.Tests.Clients;

/// <summary>A profile in a file, for as long as it is needed.</summary>
internal sealed class TemporaryProfile : IDisposable
{
    public TemporaryProfile(string text)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"natload-{Guid.NewGuid():N}.json");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
