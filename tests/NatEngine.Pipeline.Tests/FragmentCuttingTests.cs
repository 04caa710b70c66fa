using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Tests;

/// <summary>What is longer than the next link takes goes in fragments, unless its sender forbids it (RFC 4787
/// REQ-13a).</summary>
public class FragmentCuttingTests
{
    private const ushort Known = 0x4711;

    [Theory]
    [InlineData(1, 1400)]
    [InlineData(6, 1400)]
    [InlineData(17, 1400)]
    [InlineData(17, 576)]
    [InlineData(17, 68)]
    public void Req13a_a_packet_that_is_too_long_goes_in_order_in_fragments(byte protocol, int mtu)
    {
        using Gateway gateway = Gateway.Acquainted(Narrow(mtu));
        byte[] packet = Long(protocol).WithFragment(0);
        gateway.FromHost([.. packet]);
        gateway.Run();
        gateway.Step();

        IReadOnlyList<Sent> sent = gateway.TakeOutside();
        Assert.Equal(sent.OrderBy(piece => piece.FragmentOffset), sent);
        Assert.All(sent, piece => Assert.InRange(piece.TotalLength, 21, mtu));
        Assert.All(sent, piece => Assert.Equal((Net.RouterMac, 63), (piece.Station, piece.TimeToLive)));
        Assert.Equal((1480 + ((mtu - 20) / 8 * 8) - 1) / ((mtu - 20) / 8 * 8), sent.Count);
        Sent whole = Pieces.Join(sent);
        Assert.Equal((Net.Outside, Net.Server), (whole.Source, whole.Destination));
        Assert.Equal(packet.AsSpan(54), whole.Octets[54..]);
        Assert.Equal(0, gateway.Dropped(DropReason.FragmentationNeeded));
    }

    [Fact]
    public void A_fragment_is_cut_again()
    {
        using Gateway gateway = Gateway.Acquainted(Narrow(600));
        foreach (byte[] piece in Pieces.Cut(Packet.Udp(Net.Host, 4000, Net.Server, 53, 4000), 1480, Known))
        {
            gateway.FromHost(piece);
        }

        gateway.Run();
        IReadOnlyList<Sent> sent = gateway.TakeOutside();
        Assert.Equal(8, sent.Count); // 1480 octets are 576 + 576 + 328, the last 1048 are 576 + 472
        Assert.Equal(4000, Pieces.Join(sent).SourcePort);
    }

    [Fact]
    public void A_checksum_that_was_left_to_the_card_is_completed_first()
    {
        using Gateway gateway = Gateway.Acquainted(Narrow(1400));
        byte[] packet = Long(17).WithFragment(0);
        ushort sum = (ushort)~Packet.Checksum([], Packet.PseudoHeader(Net.Host, Net.Server, 17, 1480));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(40), sum);
        gateway.FromHost(packet, new VirtioNetHeader
        {
            Flags = VirtioNetHeader.NeedsChecksum,
            ChecksumStart = 34,
            ChecksumOffset = 6,
        });
        gateway.Run();
        IReadOnlyList<Sent> sent = gateway.TakeOutside();
        Assert.All(sent, piece => Assert.Equal(0, piece.Header.Flags));
        Assert.Equal(2, sent.Count);
        Pieces.Join(sent); // which checks it
    }

    [Fact]
    public void Rfc791_only_the_options_that_are_to_be_copied_are_in_the_later_fragments()
    {
        using Gateway gateway = Gateway.Acquainted(Narrow(1400));
        byte[] options = [7, 7, 4, 0, 0, 0, 0, 1, 0x94, 4, 0, 0]; // record route; no operation; router alert, copied
        gateway.FromHost(WithOptions(Long(17), options));
        gateway.Run();
        IReadOnlyList<Sent> sent = gateway.TakeOutside();
        Assert.Equal(2, sent.Count);
        Assert.Equal((32, 24), (sent[0].HeaderLength, sent[1].HeaderLength));
        Assert.Equal(options, sent[0].Octets[34..46]);
        Assert.Equal(new byte[] { 0x94, 4, 0, 0 }, sent[1].Octets[34..38]);
        Assert.Equal(sent[0].Payload.Length, sent[1].FragmentOffset);
        Assert.Equal(1480, sent[0].Payload.Length + sent[1].Payload.Length);
    }

    [Fact]
    public void A_tcp_header_is_not_cut_in_two()
    {
        using Gateway gateway = Gateway.Acquainted(Narrow(68));
        byte[] segment = Packet.Tcp(Net.Host, 4000, Net.Server, 80, 0x02, 100).WithFragment(0);
        segment[46] = 0xF0; // sixty octets of header, for which 48 have room
        gateway.FromHost(segment);
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
        Assert.Equal(1, gateway.Dropped(DropReason.FragmentationNeeded));
    }

    [Fact]
    public void What_waits_for_its_next_hop_is_cut_when_it_goes()
    {
        using Gateway gateway = new(Narrow(1400));
        gateway.FromHost(Long(17).WithFragment(0));
        gateway.Run();
        Assert.Empty(gateway.TakeOutside());
        gateway.Introduce(keep: true);
        IEnumerable<Sent> pieces = gateway.TakeOutside().Where(sent => sent.EtherType == 0x0800); // and an ARP reply
        Assert.Equal(1480, Pieces.Join(pieces).Payload.Length);
    }

    [Fact]
    public void A_super_frame_becomes_shorter_segments()
    {
        using Gateway gateway = Gateway.Acquainted(Narrow(1400));
        byte[] frame = Packet.Tcp(Net.Host, 4000, Net.Server, 80, 0x02, payload: 20_000).WithFragment(0);
        gateway.FromHost(frame, new VirtioNetHeader { GsoType = 1, HeaderLength = 54, GsoSize = 1460 });
        gateway.Run();
        Sent sent = Assert.Single(gateway.TakeOutside());
        Assert.Equal(1360, sent.Header.GsoSize);
        Assert.Equal(20_040, sent.TotalLength);
    }

    [Fact]
    public void A_burst_goes_through_whole()
    {
        using Gateway gateway = Gateway.Acquainted(Narrow(1400));
        for (int packet = 0; packet < 300; packet++)
        {
            gateway.FromHost(Long(17).WithFragment(0));
        }

        gateway.Run();
        gateway.Step();
        IGrouping<ushort, Sent>[] packets = [.. gateway.TakeOutside().GroupBy(piece => piece.Identification)];
        Assert.Equal(300, packets.Length);
        Assert.All(packets, packet => Assert.Equal(1480, Pieces.Join(packet).Payload.Length));
    }

    [Fact]
    public void Cutting_allocates_nothing()
    {
        using FramePool pool = new(GatewayPipeline.PoolFrames);
        byte[] packet = Long(17).WithFragment(0).Between(Net.HostMac, Net.InternalMac);
        using MemoryDevice inside = MemoryDevice.Repeating("inside", packet, packet, packet);
        using MemoryDevice outside = MemoryDevice.Repeating(
            "outside", Packet.Arp(true, Net.RouterMac, Net.Router, default, Net.Outside));
        using Translator translator = new(Gateway.Translation(), new Random(1));
        ManualClock clock = new();
        using GatewayPipeline pipeline = new(Narrow(1400) with { Clock = clock }, translator, inside, outside, pool);
        Pass(pipeline, clock);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass(pipeline, clock);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(outside.ReadStatistics().TransmittedFrames > 5000);
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

    private static PipelineOptions Narrow(int mtu)
    {
        PipelineOptions owned = Gateway.Owned();
        return owned with { External = owned.External with { Mtu = mtu } };
    }

    private static byte[] Long(byte protocol) => protocol switch
    {
        6 => Packet.Tcp(Net.Host, 4000, Net.Server, 80, 0x02, 1460),
        17 => Packet.Udp(Net.Host, 4000, Net.Server, 80, 1472),
        _ => Packet.Echo(Net.Host, Net.Server, 77, payload: 1472),
    };

    private static byte[] WithOptions(byte[] frame, byte[] options)
    {
        byte[] longer = [.. frame[..34], .. options, .. frame[34..]];
        longer[14] = (byte)(0x45 + (options.Length / 4));
        BinaryPrimitives.WriteUInt16BigEndian(longer.AsSpan(16), (ushort)(longer.Length - 14));
        longer.AsSpan(20, 2).Clear();
        longer.AsSpan(24, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(
            longer.AsSpan(24), Packet.Checksum(longer.AsSpan(14, 20 + options.Length), 0));
        return longer;
    }
}
