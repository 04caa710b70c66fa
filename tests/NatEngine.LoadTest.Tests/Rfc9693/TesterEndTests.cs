using System;
using System.Diagnostics;
using NatEngine.Devices;
using NatEngine.LoadTest.Rfc9693;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Tests.Rfc9693;

public sealed class TesterEndTests
{
    private static readonly FlowSpace Space = new(TesterRig.Space);

    [Theory]
    [InlineData(nameof(FrameKind.Opening), "64", 60)]
    [InlineData(nameof(FrameKind.Outbound), "1518", 1514)]
    public void Frames_are_whole_and_say_what_they_are(string name, string size, int length)
    {
        FrameKind kind = Enum.Parse<FrameKind>(name);
        byte[] frame = SendOne(Space, StreamPlan.Once(kind, 1e6, [17]) with { Lengths = FrameLengths.Parse(size) });

        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        Assert.Equal(length, frame.Length);
        Assert.True(FrameChecksum.IsRight(frame, facts));
        Assert.Equal((Space.SourceOf(17), Space.DestinationOf(17)), (facts.Tuple.Source, facts.Tuple.Destination));
        Assert.True(FrameTag.TryRead(frame.AsSpan(42), out FrameTag tag));
        Assert.Equal((kind, 17, 0u, (byte)5), (tag.Kind, tag.Flow, tag.Sequence, tag.Trial));
    }

    [Fact]
    public void A_spoiled_checksum_is_seen()
    {
        byte[] frame = SendOne(Space, StreamPlan.Once(FrameKind.Outbound, 1e6, [17]));
        frame[^1] ^= 1;

        PacketParser.Parse(frame, out PacketFacts facts);

        Assert.False(FrameChecksum.IsRight(frame, facts));
    }

    [Fact]
    public void A_TCP_connection_is_opened_by_a_SYN_that_says_whose_it_is()
    {
        FlowSpace space = new(TesterRig.Space with { Protocol = IpProtocol.Tcp });

        byte[] frame = SendOne(space, StreamPlan.Once(FrameKind.Opening, 1e6, [17]));

        PacketParser.Parse(frame, out PacketFacts facts);
        Assert.Equal((TcpFlags.Syn, (ushort)0), (facts.TcpFlags, facts.TcpPayloadLength));
        Assert.True(FrameChecksum.IsRight(frame, facts));
        Assert.True(SegmentTag.TryRead(facts.TcpSequence, 0, out FrameTag tag));
        Assert.Equal((FrameKind.Opening, 17), (tag.Kind, tag.Flow));
        Assert.False(SegmentTag.TryRead(facts.TcpSequence, 1, out _));
    }

    [Fact]
    public void A_ping_carries_the_port_as_its_identifier()
    {
        FlowSpace space = new(TesterRig.Space with { Protocol = IpProtocol.Icmp });

        byte[] frame = SendOne(space, StreamPlan.Once(FrameKind.Opening, 1e6, [17]));

        PacketParser.Parse(frame, out PacketFacts facts);
        Assert.Equal((PacketKind.IcmpQuery, IcmpType.EchoRequest), (facts.Kind, facts.IcmpType));
        Assert.Equal(space.SourceOf(17), facts.Tuple.Source);
        Assert.True(FrameChecksum.IsRight(frame, facts));
    }

    [Fact]
    public void Nothing_is_offered_before_it_is_due()
    {
        StreamPlan plan = StreamPlan.For(FrameKind.Outbound, 1000, TimeSpan.FromSeconds(1), [0, 1]);
        using FrameStream stream = new(plan, IpProtocol.Udp, 2);

        Assert.Equal(1, stream.TakeDue(0).Length); // the first at once
        stream.Count(1, 1, 0);
        Assert.True(stream.TakeDue(Stopwatch.Frequency / 1001).IsEmpty);
        Assert.Equal(1, stream.TakeDue(Stopwatch.Frequency / 999).Length);
        Assert.Equal(1, stream.TakeDue(Stopwatch.Frequency / 100).Length); // late ones one by one, none left out
    }

    [Fact]
    public void A_sender_that_falls_behind_did_not_keep_the_rate()
    {
        StreamPlan plan = StreamPlan.For(FrameKind.Outbound, 1000, TimeSpan.FromSeconds(1), [0]);
        using FrameStream kept = new(plan, IpProtocol.Udp, 1);
        using FrameStream late = new(plan, IpProtocol.Udp, 1);
        using FrameStream unsent = new(plan, IpProtocol.Udp, 1);

        kept.Count(1000, 1000, Stopwatch.Frequency);
        late.Count(1000, 1000, Stopwatch.Frequency * 11 / 10);
        unsent.Count(1000, 999, Stopwatch.Frequency);

        Assert.True(kept.KeptRate);
        Assert.False(late.KeptRate);
        Assert.False(unsent.KeptRate);
    }

    [Fact]
    public void Nothing_is_allocated_on_the_way()
    {
        using MemoryDevice device = MemoryDevice.Repeating("eth0", [SendOne(
            Space, StreamPlan.Once(FrameKind.Outbound, 1e6, [17]))]);
        StateTable table = new(Space.Count);
        using TesterEnd end = new(device, new Responder(Space, table, translates: false), Space);
        using FrameStream expected = new(
            StreamPlan.For(FrameKind.Outbound, 1e6, TimeSpan.FromSeconds(1), [17]) with { Timed = true },
            IpProtocol.Udp,
            Space.Count);
        using FrameStream sends = new(
            StreamPlan.For(FrameKind.Inbound, 1e9, TimeSpan.FromSeconds(1), [17]), IpProtocol.Udp, Space.Count);
        end.Begin(5, [sends], [expected]);
        long start = Stopwatch.GetTimestamp();
        for (int warm = 0; warm < 2000; warm++)
        {
            end.Step(start);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
        {
            end.Step(start);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sends.Sent > 10_000);
        Assert.Equal(1, expected.Arrivals.Received);
        Assert.True(expected.Arrivals.Duplicates > 2_000);
    }

    private static byte[] SendOne(FlowSpace space, StreamPlan plan)
    {
        using MemoryDevice device = new("eth0");
        using TesterEnd end = new(device, new Initiator(space, new MacAddress(2), new MacAddress(4)), space);
        using FrameStream stream = new(plan, space.Protocol, space.Count);
        end.Begin(5, [stream], []);
        end.Step(Stopwatch.GetTimestamp() - Stopwatch.Frequency);
        Assert.True(device.TryTakeTransmitted(out TransmittedFrame? frame));
        return frame.Octets.ToArray();
    }
}
