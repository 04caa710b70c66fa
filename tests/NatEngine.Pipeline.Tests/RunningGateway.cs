using System;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Devices;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>A gateway that runs by itself, on the threads of its layout and the system's clock.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();

    public RunningGateway(
        PipelineLayout layout,
        int slots = 512,
        Func<IPacketDevice, IPacketDevice>? outside = null,
        TimeSpan? idleSpin = null)
    {
        Inside = new MemoryDevice("inside", slots);
        Outside = new MemoryDevice("outside", slots);
        Translator = new Translator(Gateway.Translation(), new Random(1));
        PipelineOptions options = Gateway.Owned() with { Layout = layout };
        options = options with { IdleSpin = idleSpin ?? options.IdleSpin };
        ExternalDevice = outside?.Invoke(Outside) ?? Outside;
        Pipeline = new GatewayPipeline(options, Translator, Inside, ExternalDevice, Pool);
    }

    public GatewayPipeline Pipeline { get; }

    public Translator Translator { get; }

    public MemoryDevice Inside { get; }

    public MemoryDevice Outside { get; }

    public IPacketDevice ExternalDevice { get; }

    public FramePool Pool { get; } = new(GatewayPipeline.PoolFrames);

    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Starts, and makes the host and the router known if asked to.</summary>
    public async Task StartAsync(bool acquaint = true)
    {
        Running = Pipeline.RunAsync(_stop.Token);
        await Pipeline.Ready.WaitAsync(Patience);
        if (!acquaint)
        {
            return;
        }

        Inside.Inject(Packet.Arp(true, Net.HostMac, Net.Host, default, Net.Inside));
        Outside.Inject(Packet.Arp(true, Net.RouterMac, Net.Router, default, Net.Outside));
        await UntilAsync(() => Inside.TransmittedCount == 1 && Outside.TransmittedCount == 1);
        Assert.True(Inside.TryTakeTransmitted(out _) && Outside.TryTakeTransmitted(out _));
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Running.WaitAsync(Patience);
    }

    /// <summary>Injects a frame, waiting for a free slot as long as it takes.</summary>
    public static void Inject(MemoryDevice device, byte[] frame)
    {
        bool injected = SpinWait.SpinUntil(() => device.Inject(frame), Patience);
        Assert.True(injected, "no slot became free");
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < deadline, "it did not happen");
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        Pipeline.Dispose();
        Translator.Dispose();
        Inside.Dispose();
        ExternalDevice.Dispose();
        Outside.Dispose();
        Pool.Dispose();
    }
}
