using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;

namespace NatEngine.Host.Cli;

/// <summary><c>natengine --version</c>: version and commit, the build, and what it runs on.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.WriteLine($"natengine {EngineBuild.Version}");
        Console.Out.WriteLine($"build {EngineBuild.Id}");
        Console.Out.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        return ExitCode.Success;
    }
}
