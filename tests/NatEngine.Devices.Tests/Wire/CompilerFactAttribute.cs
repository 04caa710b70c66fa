using System;
using System.IO;
using System.Linq;

namespace NatEngine.Devices.Tests.Wire;

/// <summary>A test that asks a C compiler: skipped, saying so, where there is none.</summary>
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "cc"))))
        {
            Skip = "needs a C compiler, cc (Debian packages gcc and libc6-dev)";
        }
    }
}
