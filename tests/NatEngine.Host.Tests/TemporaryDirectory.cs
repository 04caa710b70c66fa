using System;
using System.IO;

namespace NatEngine.Host.Tests;

/// <summary>A directory that is gone, with what is in it, when the test is.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("natengine-");

    internal string File(string name) => Path.Combine(_directory.FullName, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
