using System;
using NatEngine.LoadTest.Clients.Ladders;
using NatEngine.LoadTest.Clients.Profiles;
using NatEngine.LoadTest.Clients.Running;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Systems;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Tests.Clients;

/// <summary>Clients and servers cabled together, shared by the tests of a class.</summary>
public sealed class CabledEnds : IDisposable
{
    private readonly Lazy<Ends> _ends = new(() => new Ends());

    internal Testbed Testbed => _ends.Value.Testbed;

    internal StepResult Run(ClientProfile profile, StepLoad load)
        => _ends.Value.Generator.Run(profile, load, ClientNetwork.Servers, seed: 1, reportFolder: null);

    public void Dispose()
    {
        if (_ends.IsValueCreated)
        {
            _ends.Value.Dispose();
        }
    }

    // Made by the first test that needs them: without root, none does.
    private sealed class Ends : IDisposable
    {
        public Ends()
        {
            ClientNetwork.Prepare(Testbed, new GeneratorAlone());
            Servers = ServerProcess.Start(Testbed, ClientNetwork.Servers);
            Generator = GeneratorProcess.Start(Testbed, null);
        }

        public Testbed Testbed { get; } = Testbed.WithoutGateway(CorePlacement.For(Environment.ProcessorCount));

        public ServerProcess Servers { get; }

        public GeneratorProcess Generator { get; }

        public void Dispose()
        {
            Generator.Dispose();
            Servers.Dispose();
            Testbed.Dispose();
        }
    }
}
