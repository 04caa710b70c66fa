using System;
using System.IO;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Measurements;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Tests.Rfc9693;

/// <summary>A real system in a real network of the lab, ready to be measured.</summary>
internal sealed class LabTurn : IDisposable
{
    private readonly ISystemUnderTest _system;
    private readonly Testbed _testbed;

    private LabTurn(ISystemUnderTest system)
    {
        _system = system;
        _testbed = system.Build(CorePlacement.For(Environment.ProcessorCount), ReceivePlace.Sender);
        try
        {
            system.SetUp(_testbed);
            Readiness.Await(_testbed, system);
        }
        catch
        {
            Dispose();
            throw;
        }

        Turn = new Turn(_testbed, system) { Seed = 1 };
    }

    public Turn Turn { get; } = null!;

    public static LabTurn Netfilter(params string[] flags) => new(new NetfilterSystem("netfilter", flags));

    /// <summary>natengine as it was built beside the tests, with an external address of its own.</summary>
    public static LabTurn NatEngine(params string[] options) => new(new NatEngineSystem(
        "natengine", FindNatEngine(), ["--external-address", "203.0.113.2", .. options]));

    public void Dispose()
    {
        _system.Dispose();
        _testbed.Dispose();
    }

    private static string FindNatEngine()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "NatEngine.sln")))
            {
                return Path.Combine(d.FullName, "src/NatEngine.Host/bin", configuration, "net10.0/natengine");
            }
        }

        throw new InvalidOperationException($"No NatEngine.sln above {AppContext.BaseDirectory}.");
    }
}
