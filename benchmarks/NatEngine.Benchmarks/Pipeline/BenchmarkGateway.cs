using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Benchmarks.Packets;
using NatEngine.Benchmarks.Translation;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>A gateway between clients and servers in memory, whose sessions are established and whose router is
/// known.</summary>
internal sealed class BenchmarkGateway : IDisposable
{
    internal const int BatchSize = 64;

    /// <summary>How long anything may take before it is taken for a failure.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FramePool _pool = new(GatewayPipeline.PoolFrames);
    private readonly Translator _translator;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private BenchmarkGateway(
        int sessions, ClientsDevice clients, int batchSize, PipelineLayout layout, TimeProvider clock)
    {
        _translator = Traffic.NewTranslator(sessions);
        Traffic.Establish(_translator, sessions);
        Clients = clients;
        Pipeline = new GatewayPipeline(
            new PipelineOptions
            {
                Layout = layout,
                BatchSize = batchSize,
                Clock = clock,
                Internal = new GatewayPort
                {
                    HardwareAddress = SampleFrames.Gateway,
                    Connected = [new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 10)],
                },
                External = new GatewayPort
                {
                    HardwareAddress = ServersDevice.Gateway,
                    OwnedAddresses = Traffic.ExternalAddresses(sessions),
                    Connected = [new IPv4Prefix(ServersDevice.Router, 24)],
                    Routes = [new NatEngine.Pipeline.Route(default, ServersDevice.Router)],
                },
            },
            _translator,
            Clients,
            Servers,
            _pool);
    }

    internal ClientsDevice Clients { get; }

    internal ServersDevice Servers { get; } = new();

    internal GatewayPipeline Pipeline { get; }

    /// <summary>True if the gateway should be running and is not.</summary>
    internal bool IsHalted => _running.IsCompleted;

    /// <summary>A gateway whose stages are driven by hand, in a moment that does not pass.</summary>
    internal static BenchmarkGateway ByHand(int sessions) => ByHand(sessions, new ClientsDevice(sessions), BatchSize);

    /// <summary>The same, with certain traffic from inside.</summary>
    /// <param name="sessions">How many sessions there are.</param>
    /// <param name="clients">Where their packets come from; the gateway's from now on.</param>
    /// <param name="batchSize">How many frames a batch holds.</param>
    internal static BenchmarkGateway ByHand(int sessions, ClientsDevice clients, int batchSize)
        => new(sessions, clients, batchSize, PipelineLayout.RunToCompletion, new FrozenClock());

    /// <summary>A gateway that runs by itself, until it is disposed of.</summary>
    internal static BenchmarkGateway Running(int sessions, PipelineLayout layout)
    {
        BenchmarkGateway gateway = new(
            sessions, new ClientsDevice(sessions), BatchSize, layout, TimeProvider.System);
        gateway._running = gateway.Pipeline.RunAsync(gateway._stop.Token);
        gateway.Pipeline.Ready.Wait(Patience);
        return gateway;
    }

    /// <summary>What the gateway dropped, and why.</summary>
    internal string Drops()
        => string.Join(", ", Pipeline.ReadCounters().Drops.Where(drop => drop.Value > 0));

    public void Dispose()
    {
        _stop.Cancel();
        if (!_running.Wait(Patience))
        {
            throw new InvalidOperationException("The gateway does not stop.");
        }

        _stop.Dispose();
        Pipeline.Dispose();
        _translator.Dispose();
        Clients.Dispose();
        Servers.Dispose();
        _pool.Dispose();
    }
}
