using System;
using System.Collections.Generic;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>A gateway between two memory devices whose stages a test drives by hand: one thread, a clock that stands
/// still, and nothing that happens by itself.</summary>
internal sealed class Gateway : IDisposable
{
    // Enough for anything a test sends at once; a gateway that never comes to rest is a failure, not a hang.
    private const int MaxSteps = 1000;

    private readonly PacketBatch _batch;

    public Gateway(PipelineOptions? options = null, TranslationOptions? translation = null)
    {
        Options = options ?? Owned();
        if (Options.Clock is ManualClock manual)
        {
            Clock = manual;
        }
        else
        {
            Options = Options with { Clock = Clock };
        }

        Translator = new Translator(translation ?? Translation(), new Random(1));
        Pipeline = new GatewayPipeline(Options, Translator, Inside, Outside, Pool);
        _batch = Pipeline.Batches[0];
    }

    public PipelineOptions Options { get; }

    public ManualClock Clock { get; } = new();

    public Translator Translator { get; }

    public GatewayPipeline Pipeline { get; }

    public MemoryDevice Inside { get; } = new("inside", slots: 512);

    public MemoryDevice Outside { get; } = new("outside", slots: 512);

    public FramePool Pool { get; } = new(GatewayPipeline.PoolFrames);

    /// <summary>The engine has both addresses for itself.</summary>
    public static PipelineOptions Owned() => new()
    {
        Internal = new GatewayPort
        {
            HardwareAddress = Net.InternalMac,
            OwnedAddresses = [Net.Inside],
            Connected = [Net.InternalPrefix],
        },
        External = new GatewayPort
        {
            HardwareAddress = Net.ExternalMac,
            OwnedAddresses = [Net.Outside],
            Connected = [Net.ExternalPrefix],
            Routes = [new Route(new IPv4Prefix(IPv4Address.Any, 0), Net.Router)],
        },
    };

    /// <summary>The kernel has both addresses as well.</summary>
    public static PipelineOptions Shared()
    {
        PipelineOptions owned = Owned();
        return owned with
        {
            Internal = owned.Internal with { OwnedAddresses = [], HostAddresses = [Net.Inside] },
            External = owned.External with { OwnedAddresses = [], HostAddresses = [Net.Outside] },
        };
    }

    public static TranslationOptions Translation() => new()
    {
        ExternalAddresses = [Net.Outside],
        MaxSessions = 10_000,
    };

    /// <summary>A gateway that knows the hosts and the router already.</summary>
    public static Gateway Acquainted(PipelineOptions? options = null, TranslationOptions? translation = null)
    {
        Gateway gateway = new(options, translation);
        gateway.Introduce();
        return gateway;
    }

    /// <summary>Tells the gateway where the two hosts and the router are, as their own requests would; what is sent
    /// then is kept or forgotten.</summary>
    public void Introduce(bool keep = false)
    {
        Inside.Inject(Packet.Arp(true, Net.HostMac, Net.Host, default, Net.Inside));
        Inside.Inject(Packet.Arp(true, Net.SecondHostMac, Net.SecondHost, default, Net.Inside));
        Outside.Inject(Packet.Arp(true, Net.RouterMac, Net.Router, default, Net.Outside));
        Run();
        if (!keep)
        {
            TakeInside();
            TakeOutside();
        }
    }

    public void FromHost(byte[] frame, VirtioNetHeader header = default)
        => Assert.True(Inside.Inject(frame.Between(Net.HostMac, Net.InternalMac), header));

    public void FromRouter(byte[] frame, VirtioNetHeader header = default)
        => Assert.True(Outside.Inject(frame.Between(Net.RouterMac, Net.ExternalMac), header));

    /// <summary>Passes one batch through all stages, whether or not frames wait.</summary>
    /// <returns>False if none did.</returns>
    public bool Step()
    {
        Pipeline.Stages[0].Process(_batch);
        bool any = _batch.ReceivedCount > 0;
        for (int stage = 1; stage < Pipeline.Stages.Count; stage++)
        {
            Pipeline.Stages[stage].Process(_batch);
        }

        return any;
    }

    /// <summary>Goes on until nothing waits any more.</summary>
    public void Run()
    {
        int steps = 0;
        while (Step())
        {
            Assert.True(++steps < MaxSteps, "the gateway never comes to rest");
        }
    }

    /// <summary>Lets time pass in steps of a tenth of a second, with a tick after each.</summary>
    public void Pass(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(100))
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            Step();
        }
    }

    /// <summary>What was sent to the internal link, but for ARP requests.</summary>
    public IReadOnlyList<Sent> TakeInside() => Take(Inside, arpRequests: false);

    /// <summary>What was sent to the external link, but for ARP requests.</summary>
    public IReadOnlyList<Sent> TakeOutside() => Take(Outside, arpRequests: false);

    /// <summary>The ARP requests among what was sent; the rest is gone.</summary>
    public static IReadOnlyList<Sent> TakeArpRequests(MemoryDevice device) => Take(device, arpRequests: true);

    public long Dropped(DropReason reason) => Pipeline.ReadCounters().Drops[reason];

    public void Dispose()
    {
        Pipeline.Dispose();
        Translator.Dispose();
        Inside.Dispose();
        Outside.Dispose();
        Pool.Dispose();
    }

    private static List<Sent> Take(MemoryDevice device, bool arpRequests)
    {
        List<Sent> taken = [];
        while (device.TryTakeTransmitted(out TransmittedFrame? frame))
        {
            Sent sent = Sent.Read(frame);
            if ((sent.EtherType == 0x0806 && sent.ArpOperation == 1) == arpRequests)
            {
                taken.Add(sent);
            }
        }

        return taken;
    }
}
