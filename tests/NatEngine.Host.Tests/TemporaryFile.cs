using System;
using System.IO;

namespace NatEngine.Host.Tests;

/// <summary>A file that is gone when the test is.</summary>
internal sealed class TemporaryFile : IDisposable
{
    internal TemporaryFile(string text) => File.WriteAllText(Path, text);

    internal string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"natengine-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(Path);
}
