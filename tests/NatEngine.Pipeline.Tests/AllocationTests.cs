using System;
using System.Collections.Generic;
using System.Threading;
using NatEngine.Devices;
using NatEngine.Pipeline.Placement;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>Established packets cost no allocation, in any stage and in the whole.</summary>
public class AllocationTests
{
    private const int Packets = 10_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_stage_allocates_nothing(int measured)
    {
        using Rig rig = new();
        rig.Pass(Packets); // sessions open, code is compiled

        Assert.Equal(0, rig.Pass(Packets)[measured]);
        Assert.True(rig.Transmitted >= 2 * Packets);
    }

    [Fact]
    public void The_whole_of_them_allocates_nothing()
    {
        using Rig rig = new();
        rig.Pass(Packets);
        long before = GC.GetAllocatedBytesForCurrentThread();
        rig.Pass(Packets);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Ticks_errors_and_unresolved_neighbours_allocate_nothing()
    {
        using Rig rig = new(acquainted: false);
        rig.Pass(Packets);
        long before = GC.GetAllocatedBytesForCurrentThread();
        rig.Pass(Packets);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_queue_that_is_waited_for_allocates_nothing()
    {
        const int Batches = 2000;
        BatchQueue there = new(1, TimeSpan.Zero);
        BatchQueue back = new(1, TimeSpan.Zero);
        long allocated = -1;
        Thread echo = new(() =>
        {
            long before = 0;
            for (int count = 0; there.Take(out PacketBatch? batch); count++)
            {
                before = count == Batches / 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
                back.Put(batch);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        echo.Start();
        there.Put(new PacketBatch(1, new DropLog()));
        for (int count = 0; count < Batches; count++)
        {
            Assert.True(back.Take(out PacketBatch? batch));
            there.Put(batch);
        }

        there.Complete();
        Assert.True(echo.Join(RunningGateway.Patience));
        Assert.Equal(0, allocated);
    }

    // Half a minute passes with a pass, by a clock of its own: what comes with time (neighbours asked for again or
    // given up, timers that run out) comes in each, however fast or slow the machine is.
    private sealed class Rig : IDisposable
    {
        private readonly ManualClock _clock = new();
        private readonly MemoryDevice _inside;
        private readonly MemoryDevice _outside = MemoryDevice.Repeating(
            "outside", Packet.Arp(false, Net.RouterMac, Net.Router, Net.ExternalMac, Net.Outside));

        private readonly FramePool _pool = new(GatewayPipeline.PoolFrames);
        private readonly Translator _translator = new(Gateway.Translation(), new Random(1));
        private readonly GatewayPipeline _pipeline;
        private readonly long[] _allocated;

        public Rig(bool acquainted = true)
        {
            List<ReadOnlyMemory<byte>> frames = [];
            for (ushort port = 1; port <= 64; port++)
            {
                frames.Add(GatewayPipelineTests.Outbound(port));
                byte[] segment = Packet.Tcp(Net.Host, 5000, Net.Server, port, flags: 0x02);
                frames.Add(segment.Between(Net.HostMac, Net.InternalMac));
            }

            _inside = MemoryDevice.Repeating("inside", [.. frames]);
            PipelineOptions owned = Gateway.Owned() with { Clock = _clock };
            PipelineOptions options = acquainted
                ? owned
                : owned with { External = owned.External with { Routes = [], Connected = [new(Net.Server, 24)] } };
            _pipeline = new GatewayPipeline(options, _translator, _inside, _outside, _pool);
            _allocated = new long[_pipeline.Stages.Count];
        }

        public long Transmitted => _outside.ReadStatistics().TransmittedFrames;

        /// <summary>Passes packets through, a tick's time between two batches.</summary>
        /// <returns>How many octets each stage has allocated.</returns>
        public long[] Pass(int packets)
        {
            Array.Clear(_allocated);

            // The devices take turns, and the outer one has a single frame each time.
            for (int batch = 0; batch < 2 * ((packets / 64) + 1); batch++)
            {
                _clock.Advance(ReceiveLoop.TickInterval);
                for (int stage = 0; stage < _allocated.Length; stage++)
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    _pipeline.Stages[stage].Process(_pipeline.Batches[0]);
                    _allocated[stage] += GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }

            return _allocated;
        }

        public void Dispose()
        {
            _pipeline.Dispose();
            _translator.Dispose();
            _inside.Dispose();
            _outside.Dispose();
            _pool.Dispose();
        }
    }
}
