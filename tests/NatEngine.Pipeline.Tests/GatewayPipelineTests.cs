using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NatEngine.Devices;
using NatEngine.Pipeline.Forwarding;
using NatEngine.Pipeline.Placement;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

public class GatewayPipelineTests
{
    public static TheoryData<string> Layouts => [.. PipelineLayout.All.Select(layout => layout.ToString())];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Forwards_every_packet_in_order(string text)
    {
        const int Packets = 3000;
        await using RunningGateway gateway = new(Parse(text));
        await gateway.StartAsync();
        for (int packet = 0; packet < Packets; packet++)
        {
            RunningGateway.Inject(gateway.Inside, Outbound((ushort)packet));
        }

        await RunningGateway.UntilAsync(() => Datagrams(gateway) >= Packets);
        await gateway.StopAsync();
        ushort expected = 0;
        foreach (Sent sent in TakeDatagrams(gateway.Outside))
        {
            Assert.Equal((Net.Outside, Net.RouterMac), (sent.Source, sent.Station));
            Assert.Equal(expected++, sent.DestinationPort);
        }

        Assert.Equal(Packets, expected);
        Assert.All(gateway.Pipeline.ReadCounters().Drops, drop => Assert.Equal(0, drop.Value));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Stopping_transmits_what_was_received(string text)
    {
        GatedDevice? gated = null;
        await using RunningGateway gateway = new(Parse(text), outside: device => gated = new GatedDevice(device));
        await gateway.StartAsync();
        gated!.Gate.Reset();
        for (ushort packet = 0; packet < 500; packet++)
        {
            RunningGateway.Inject(gateway.Inside, Outbound(packet));
        }

        await RunningGateway.UntilAsync(() => gateway.Inside.ReadStatistics().ReceivedFrames > 1);
        Task stopping = gateway.StopAsync();
        gated.Gate.Set();
        await stopping;

        long received = gateway.Inside.ReadStatistics().ReceivedFrames - 1; // the first was the host's ARP request
        Assert.Equal(received, TakeDatagrams(gateway.Outside).Count);
        Assert.InRange(received, 1, 500);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_link_that_takes_nothing_stops_reception_and_nothing_is_lost_inside(string text)
    {
        const int Slots = 4096;
        GatedDevice? gated = null;
        PipelineLayout layout = Parse(text);
        await using RunningGateway gateway = new(layout, Slots, device => gated = new GatedDevice(device));
        await gateway.StartAsync();
        gated!.Gate.Reset();
        for (int packet = 0; packet < Slots; packet++)
        {
            RunningGateway.Inject(gateway.Inside, Outbound((ushort)packet));
        }

        // The batches fill up behind the gate, some of them only in part, and then no more frames are taken.
        int held = 64 * (layout.Threads == 1 ? 1 : 3 * layout.Threads);
        await RunningGateway.UntilAsync(() => gateway.Inside.ReadStatistics().ReceivedFrames > 1);
        await Task.Delay(50);
        Assert.InRange(gateway.Inside.ReadStatistics().ReceivedFrames - 1, 1, held);

        gated.Gate.Set();
        await RunningGateway.UntilAsync(() => Datagrams(gateway) >= Slots);
        await gateway.StopAsync();
        Assert.Equal(Slots, TakeDatagrams(gateway.Outside).Count);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_failing_stage_ends_the_pipeline_with_what_it_threw(string text)
    {
        GatedDevice? gated = null;
        await using RunningGateway gateway = new(Parse(text), outside: device => gated = new GatedDevice(device));
        await gateway.StartAsync();
        gated!.Failure = new InvalidOperationException("the link is on fire");
        RunningGateway.Inject(gateway.Inside, Outbound(1));
        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => gateway.Running.WaitAsync(RunningGateway.Patience));
        Assert.Same(gated.Failure, thrown);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => gateway.Pipeline.AskAsync((translator, _) => translator.SessionCount));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Questions_are_answered_while_idle_and_under_load(string text)
    {
        await using RunningGateway gateway = new(Parse(text));
        await gateway.StartAsync();
        Assert.Equal(0, await gateway.Pipeline.AskAsync((translator, _) => translator.SessionCount));
        await Assert.ThrowsAsync<FormatException>(
            () => gateway.Pipeline.AskAsync<int>((_, _) => throw new FormatException()));

        for (ushort packet = 0; packet < 1000; packet++)
        {
            RunningGateway.Inject(gateway.Inside, Outbound(packet));
            if (packet % 100 == 0)
            {
                int sessions = await gateway.Pipeline.AskAsync((translator, _) => translator.SessionCount)
                    .WaitAsync(RunningGateway.Patience);
                Assert.InRange(sessions, 0, packet + 1);
            }
        }

        await RunningGateway.UntilAsync(() => Datagrams(gateway) >= 1000);
        HashSet<uint> ids = [];
        await foreach (SessionSnapshot session in gateway.Pipeline.ListSessionsAsync())
        {
            Assert.Equal(Net.Host, session.Original.Source.Address);
            ids.Add(session.Id);
        }

        Assert.Equal(1000, ids.Count);
        await foreach (SessionSnapshot session in gateway.Pipeline.DeleteSessionsAsync(each => each.Id % 2 == 0))
        {
            Assert.True(session.Id % 2 == 0 && ids.Remove(session.Id));
        }

        Assert.All(ids, id => Assert.Equal(1u, id % 2));
        Assert.Equal(ids.Count, await gateway.Pipeline.FlushSessionsAsync());
        Assert.Equal(0, await gateway.Pipeline.AskAsync((translator, _) => translator.SessionCount));
    }

    [Fact]
    public async Task No_thread_is_left_after_the_end()
    {
        await using RunningGateway gateway = new(PipelineLayout.ThreadPerStage);
        await gateway.StartAsync();
        Assert.True(gateway.Pipeline.IsAnyThreadAlive);
        await gateway.StopAsync();
        Assert.False(gateway.Pipeline.IsAnyThreadAlive);
    }

    [Fact]
    public async Task An_idle_pipeline_looks_for_work_about_ten_times_a_second()
    {
        CountingDevice? counting = null;
        await using RunningGateway gateway = new(
            PipelineLayout.ThreadPerStage,
            outside: device => counting = new CountingDevice(device),
            idleSpin: TimeSpan.Zero);
        await gateway.StartAsync();
        long start = Stopwatch.GetTimestamp();
        long before = counting!.Receives;
        await RunningGateway.UntilAsync(() => counting.Receives >= before + 10);

        // A tick is two looks: one that finds nothing, one after the sleep. A slow machine makes fewer of them. The
        // clock is read before the first count and after the last: whatever keeps this thread from a processor in
        // between only makes the time longer.
        long looks = counting.Receives - before;
        double ticks = Stopwatch.GetElapsedTime(start) / ReceiveLoop.TickInterval;
        Assert.InRange(looks, 10, (3 * ticks) + 10);
    }

    [Fact]
    public async Task A_pipeline_runs_once()
    {
        await using RunningGateway gateway = new(PipelineLayout.RunToCompletion);
        await gateway.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => gateway.Pipeline.RunAsync(CancellationToken.None));
        await gateway.StopAsync();
    }

    [Fact]
    public async Task Faults_of_the_link_are_dropped_and_counted_and_no_buffer_is_lost()
    {
        FaultRates rates = new() { Corrupt = 0.2, Drop = 0.1, Duplicate = 0.1, Reorder = 0.1, Refuse = 0.05 };
        await using RunningGateway gateway = new(
            PipelineLayout.ThreadPerStage,
            outside: device => new FaultInjectingDevice(device, seed: 7, receive: rates, transmit: rates));
        await gateway.StartAsync(acquaint: false);
        for (int packet = 0; packet < 5000; packet++)
        {
            RunningGateway.Inject(gateway.Inside, Outbound((ushort)(packet % 50)));
            RunningGateway.Inject(
                gateway.Outside,
                Packet.Udp(Net.Server, (ushort)(packet % 50), Net.Outside, (ushort)packet)
                    .Between(Net.RouterMac, Net.ExternalMac));
        }

        await RunningGateway.UntilAsync(() => gateway.Inside.ReadStatistics().ReceivedFrames == 5000);
        Assert.False(gateway.Running.IsCompleted);
        await gateway.StopAsync();
        Assert.True(gateway.Pipeline.ReadCounters().Drops.Values.Sum() > 0);
        for (int slot = 0; slot < 512; slot++)
        {
            Assert.True(gateway.Inside.Inject([1]), "every slot of the ring was released");
        }

        // Neither router nor host was ever heard of, so a few packets still wait for them.
        int free = 0;
        while (gateway.Pool.TryRent(60, out _))
        {
            free++;
        }

        Assert.InRange(free, gateway.Pool.Slots - (2 * WaitingPackets.MaxPerNeighbour), gateway.Pool.Slots);
    }

    internal static byte[] Outbound(ushort destinationPort)
        => Packet.Udp(Net.Host, 4000, Net.Server, destinationPort).Between(Net.HostMac, Net.InternalMac);

    private static PipelineLayout Parse(string text)
    {
        Assert.True(PipelineLayout.TryParse(text, out PipelineLayout layout, out _));
        return layout;
    }

    // A probe of the router may be among what was sent.
    private static long Datagrams(RunningGateway gateway)
        => gateway.Outside.TransmittedCount - gateway.Pipeline.ReadCounters().External.Arp.RequestsSent;

    private static List<Sent> TakeDatagrams(MemoryDevice device)
    {
        List<Sent> taken = [];
        while (device.TryTakeTransmitted(out TransmittedFrame? frame))
        {
            Sent sent = Sent.Read(frame);
            if (sent.EtherType == 0x0800)
            {
                taken.Add(sent);
            }
        }

        return taken;
    }
}
