using System;
using System.Collections.Generic;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Pipeline.Forwarding;

namespace NatEngine.Pipeline.Tests;

/// <summary>Who sends fragments to do harm gets so much room, for so long, and no more (RFC 4787 REQ-14a).</summary>
public class FragmentFloodTests
{
    private const ushort Known = 60_000;

    [Fact]
    public void A_flood_of_fragments_without_first_ones_fills_its_room_and_no_more()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Packet.Udp(Net.Server, 80, Net.Outside, 4000, 200);
        const int Flood = 4 * WaitingFragments.MaxWaiting;
        for (ushort identification = 0; identification < Flood; identification++)
        {
            gateway.FromRouter(Pieces.Piece(packet, 80, 80, identification));
            gateway.Run();
        }

        gateway.Step();
        Assert.Equal(Flood - WaitingFragments.MaxWaiting, gateway.Dropped(DropReason.FragmentQueueFull));
        gateway.Pass(WaitingFragments.Patience + TimeSpan.FromSeconds(1));
        Assert.Equal(WaitingFragments.MaxWaiting, gateway.Dropped(DropReason.FragmentTimedOut));
        AssertAllFramesAreFree(gateway);
    }

    [Fact]
    public void One_packet_cannot_have_all_the_room()
    {
        using Gateway gateway = Gateway.Acquainted();
        byte[] packet = Packet.Udp(Net.Server, 80, Net.Outside, 4000, 8000);
        for (int piece = 1; piece <= WaitingFragments.MaxPerPacket + 3; piece++)
        {
            gateway.FromRouter(Pieces.Piece(packet, piece * 80, 80, 1));
        }

        gateway.Run();
        Assert.Equal(3, gateway.Dropped(DropReason.FragmentQueueFull));
    }

    [Fact]
    public void A_flood_from_outside_does_not_touch_what_is_on_its_way()
    {
        using Gateway gateway = Gateway.Acquainted();
        List<byte[]> pieces = Pieces.Cut(Packet.Udp(Net.Host, 4000, Net.Server, 80, 4500), 1480, Known);
        gateway.FromHost(pieces[0]);
        gateway.Run();
        byte[] unasked = Packet.Udp(Net.Server, 80, Net.Outside, 9999, 200);
        for (ushort identification = 0; identification < 8000; identification++)
        {
            gateway.FromRouter(Pieces.Piece(unasked, 0, 80, identification));
            gateway.Run();
        }

        gateway.FromHost(pieces[1]);
        gateway.FromHost(pieces[2]);
        gateway.FromHost(pieces[3]);
        gateway.Run();
        Assert.Equal(8000, gateway.Dropped(DropReason.NoMapping));
        Assert.Equal(Net.Outside, Pieces.Join(gateway.TakeOutside()).Source);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_fragments_come_no_octet_passes_twice_and_nothing_is_kept(int seed)
    {
        Random random = new(seed);
        using Gateway gateway = Gateway.Acquainted();
        HashSet<(ushort Identification, int Unit)> passed = [];
        for (int round = 0; round < 400; round++)
        {
            for (int frame = 0; frame < 20; frame++)
            {
                Inject(gateway, random);
            }

            gateway.Run();
            gateway.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(60)));
            gateway.TakeInside();
            Remember(gateway.TakeOutside(), passed);
        }

        Assert.NotEmpty(passed);
        Assert.True(gateway.Dropped(DropReason.FragmentOverlap) > 0);
        gateway.Pass(TimeSpan.FromSeconds(10));
        AssertAllFramesAreFree(gateway);
    }

    [Fact]
    public void Fragments_allocate_nothing()
    {
        using FramePool pool = new(GatewayPipeline.PoolFrames);
        List<ReadOnlyMemory<byte>> frames = [];
        for (ushort packet = 0; packet < 20; packet++)
        {
            byte[] whole = Packet.Udp(Net.Host, 4000, Net.Server, 80, 4500);
            List<byte[]> pieces = Pieces.Cut(whole.Between(Net.HostMac, Net.InternalMac), 1480, packet);
            frames.AddRange([pieces[1], pieces[0], pieces[3], pieces[2]]);
            frames.Add(pieces[0]); // of a packet that is complete: the next to come is an overlap
        }

        using MemoryDevice inside = MemoryDevice.Repeating("inside", [.. frames]);
        using MemoryDevice outside = MemoryDevice.Repeating(
            "outside", Packet.Arp(false, Net.RouterMac, Net.Router, Net.ExternalMac, Net.Outside));
        using Translation.Translator translator = new(Gateway.Translation(), new Random(1));
        ManualClock clock = new();
        PipelineOptions options = Gateway.Owned() with { Clock = clock };
        using GatewayPipeline pipeline = new(options, translator, inside, outside, pool);
        Pass(pipeline, clock);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass(pipeline, clock);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(pipeline.ReadCounters().Drops[DropReason.FragmentOverlap] > 0);
        Assert.True(outside.ReadStatistics().TransmittedFrames > 10_000);
    }

    private static void Pass(GatewayPipeline pipeline, ManualClock clock)
    {
        for (int batch = 0; batch < 1000; batch++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(40));
            for (int stage = 0; stage < pipeline.Stages.Count; stage++)
            {
                pipeline.Stages[stage].Process(pipeline.Batches[0]);
            }
        }
    }

    private static void Inject(Gateway gateway, Random random)
    {
        int port = 4000 + random.Next(4);
        byte[] packet = random.Next(3) == 0
            ? Packet.Tcp(Net.Host, (ushort)port, Net.Server, 80, 0x02, 400)
            : Packet.Udp(Net.Host, (ushort)port, Net.Server, 80, 400);
        int offset = 8 * random.Next(50);
        byte[] piece = Pieces.Piece(packet, offset, 8 * random.Next(1, 20), (ushort)random.Next(4));
        if (random.Next(8) == 0)
        {
            piece[random.Next(Packet.EthernetLength, piece.Length)] = (byte)random.Next(256);
            piece = random.Next(2) == 0 ? piece : piece.WithNetworkChecksum();
        }

        gateway.FromHost(piece);
    }

    // Each packet has an identification of its own outside, so that a unit of one passes once.
    private static void Remember(IEnumerable<Sent> sent, HashSet<(ushort Identification, int Unit)> passed)
    {
        foreach (Sent piece in sent)
        {
            for (int unit = 0; unit * 8 < piece.Payload.Length && piece.IsFragment; unit++)
            {
                Assert.True(passed.Add((piece.Identification, (piece.FragmentOffset / 8) + unit)));
            }
        }
    }

    private static void AssertAllFramesAreFree(Gateway gateway)
    {
        for (int frame = 0; frame < gateway.Pool.Slots; frame++)
        {
            Assert.True(gateway.Pool.TryRent(60, out _));
        }
    }
}
