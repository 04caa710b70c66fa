using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;
using NatEngine.Translation.Policy;

namespace NatEngine.Pipeline.Tests;

/// <summary>A gateway of two lanes between memory devices. The test says which lane the kernel gives a frame to,
/// rightly or wrongly.</summary>
internal sealed class TwoLanes : IDisposable
{
    private const int MaxSteps = 2000;

    private readonly List<Part> _parts = [];

    public TwoLanes(TranslationOptions? translation = null, bool acquaint = true)
    {
        TranslationOptions options = (translation ?? Gateway.Translation()) with
        {
            InternalPrefixes = [Net.InternalPrefix],
        };
        Exchange = new LaneExchange(options, Division);
        Programs = options.Rules is RuleProgram first ? [first, first.Twin()] : [];
        for (int lane = 0; lane < Division.Lanes; lane++)
        {
            int own = lane;
            _parts.Add(new Part(
                lane,
                options with
                {
                    Slice = new LaneSlice(Division, lane),
                    Rules = Programs.ElementAtOrDefault(lane),
                    IsOwn = (tuple, ingress) => Exchange.IsOwn(own, tuple, ingress),
                },
                Exchange,
                Clock));
        }

        if (acquaint)
        {
            Introduce();
            TakeInside();
            TakeOutside();
        }
    }

    public static LaneDivision Division { get; } = new(2);

    public ManualClock Clock { get; } = new();

    public LaneExchange Exchange { get; }

    /// <summary>The rules, each lane's; none if there are no rules.</summary>
    public IReadOnlyList<RuleProgram> Programs { get; }

    public IReadOnlyList<Part> Parts => _parts;

    /// <summary>The lanes as the host sees them.</summary>
    public GatewayLanes Whole => new(_parts.Select(part => part.Pipeline));

    /// <summary>The lane that a port is given by.</summary>
    public static int LaneOf(ushort port) => Division.OfPort(port);

    /// <summary>The lane that a host belongs to.</summary>
    public static int LaneOf(IPv4Address host) => Division.OfHost(host);

    /// <summary>The hosts and the router make themselves known, as they do, to lane 0.</summary>
    public void Introduce()
    {
        _parts[0].Inside.Inject(Packet.Arp(true, Net.HostMac, Net.Host, default, Net.Inside));
        _parts[0].Inside.Inject(Packet.Arp(true, Net.SecondHostMac, Net.SecondHost, default, Net.Inside));
        _parts[0].Outside.Inject(Packet.Arp(true, Net.RouterMac, Net.Router, default, Net.Outside));
        Run();
    }

    public void FromInside(int lane, byte[] frame)
        => Assert.True(_parts[lane].Inside.Inject(frame.Between(Net.HostMac, Net.InternalMac)));

    public void FromOutside(int lane, byte[] frame)
        => Assert.True(_parts[lane].Outside.Inject(frame.Between(Net.RouterMac, Net.ExternalMac)));

    /// <summary>Goes on until nothing waits in any lane.</summary>
    public void Run()
    {
        int steps = 0;
        int idle = 0;
        while (idle < 3)
        {
            bool any = false;
            foreach (Part part in _parts)
            {
                any |= part.Step();
            }

            idle = any ? 0 : idle + 1;
            Assert.True(++steps < MaxSteps, "the gateway never comes to rest");
        }
    }

    /// <summary>What was sent to the internal link, but for ARP requests.</summary>
    public IReadOnlyList<Sent> TakeInside() => Take(part => part.Inside);

    /// <summary>What was sent to the external link, but for ARP requests.</summary>
    public IReadOnlyList<Sent> TakeOutside() => Take(part => part.Outside);

    public long Dropped(DropReason reason) => Whole.ReadCounters().Drops[reason];

    public void Dispose()
    {
        _parts.ForEach(part => part.Dispose());
        Exchange.Dispose();
    }

    private List<Sent> Take(Func<Part, MemoryDevice> side)
    {
        List<Sent> taken = [];
        foreach (Part part in _parts)
        {
            while (side(part).TryTakeTransmitted(out TransmittedFrame? frame))
            {
                taken.Add(Sent.Read(frame));
            }
        }

        return [.. taken.Where(sent => sent.EtherType != 0x0806 || sent.ArpOperation != 1)];
    }

    /// <summary>One of the lanes.</summary>
    internal sealed class Part : IDisposable
    {
        private readonly FramePool _pool = new(GatewayPipeline.PoolFrames);
        private readonly PacketBatch _batch;

        internal Part(int lane, TranslationOptions translation, LaneExchange exchange, ManualClock clock)
        {
            Translator = new Translator(translation, new Random(lane));
            Pipeline = new GatewayPipeline(
                Gateway.Owned() with { Lane = lane, Clock = clock }, Translator, Inside, Outside, _pool, exchange);
            _batch = Pipeline.Batches[0];
        }

        internal Translator Translator { get; }

        internal GatewayPipeline Pipeline { get; }

        internal MemoryDevice Inside { get; } = new("inside", slots: 1024);

        internal MemoryDevice Outside { get; } = new("outside", slots: 1024);

        /// <summary>Passes one batch through all stages.</summary>
        /// <returns>False if nothing waited.</returns>
        internal bool Step()
        {
            Pipeline.Stages[0].Process(_batch);
            bool any = _batch.ReceivedCount > 0;
            for (int stage = 1; stage < Pipeline.Stages.Count; stage++)
            {
                Pipeline.Stages[stage].Process(_batch);
            }

            return any;
        }

        public void Dispose()
        {
            Pipeline.Dispose();
            Translator.Dispose();
            Inside.Dispose();
            Outside.Dispose();
            _pool.Dispose();
        }
    }
}
