using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Devices;
using NatEngine.LoadTest.Flood;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Tests.Flood;

public sealed class UdpFloodTests
{
    private static readonly FloodPlan Plan = new()
    {
        NextHop = new MacAddress(0x02_00_00_00_00_01),
        Station = new MacAddress(0x02_00_00_00_00_02),
        FirstClient = IPv4Address.Parse("100.64.16.255"),
        Clients = 3,
        Flows = 7,
        Destination = new TransportAddress(IPv4Address.Parse("198.51.100.20"), 9),
        Duration = TimeSpan.FromMinutes(1),
        Packets = 200,
    };

    [Fact]
    public void Flows_take_turns_client_by_client_and_then_port_by_port()
    {
        List<FlowTuple> tuples = [.. Send(Plan).Select(frame => FactsOf(frame).Tuple)];

        Assert.Equal(200, tuples.Count);
        Assert.Equal(
            ["100.64.16.255:20000", "100.64.17.0:20000", "100.64.17.1:20000", "100.64.16.255:20001"],
            tuples.Take(4).Select(tuple => $"{tuple.Source.Address}:{tuple.Source.Port}"));
        Assert.Equal(7, tuples.Distinct().Count());
        Assert.All(Enumerable.Range(7, 193), index => Assert.Equal(tuples[index - 7], tuples[index]));
        Assert.All(tuples, tuple => Assert.Equal(Plan.Destination, tuple.Destination));
    }

    [Theory]
    [InlineData(FloodPlan.ShortestFrame)]
    [InlineData(61)]
    [InlineData(FloodPlan.LongestFrame)]
    public void Every_frame_has_the_length_and_the_checksums_it_should(int length)
    {
        FloodPlan plan = Plan with { FrameLength = length, Flows = 60_000, Clients = 60_000, Packets = 500 };
        foreach (byte[] frame in Send(plan))
        {
            PacketFacts facts = FactsOf(frame);
            Span<byte> datagram = frame.AsSpan(facts.TransportOffset);
            ushort pseudoHeader = InternetChecksum.PseudoHeaderSum(
                facts.Source, facts.Destination, IpProtocol.Udp, (ushort)datagram.Length);

            Assert.Equal(length, frame.Length);
            Assert.Equal(0, InternetChecksum.Compute(datagram, pseudoHeader)); // RFC 1071: 0 over a right checksum
        }
    }

    [Fact]
    public void The_payload_says_which_flow_it_is()
        => Assert.Equal(
            [0, 1, 2, 3, 4, 5, 6, 0, 1],
            Send(Plan with { Packets = 9 })
                .Select(frame => BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(FlowFrames.PayloadOffset))));

    [Fact]
    public void Frames_go_from_the_station_to_the_next_hop()
    {
        byte[] frame = Send(Plan with { Packets = 1 }).Single();

        Assert.True(EthernetHeader.TryParse(frame, out EthernetHeader header));
        Assert.Equal(Plan.NextHop, header.Destination);
        Assert.Equal(Plan.Station, header.Source);
    }

    [Fact]
    public void What_the_link_does_not_take_is_counted()
    {
        using MemoryDevice inner = new("eth0");
        using FaultInjectingDevice device = new(inner, seed: 1, transmit: new FaultRates { Refuse = 1 });

        FloodOutcome outcome = new UdpFlood(device, Plan).Run();

        Assert.Equal(0, outcome.Sent);
        Assert.Equal(200, outcome.Unsent);
    }

    [Fact]
    public void Ends_when_the_time_is_over()
    {
        using MemoryDevice device = new("eth0");
        FloodPlan plan = Plan with { Packets = long.MaxValue, Rate = 1, Duration = TimeSpan.FromMilliseconds(20) };

        FloodOutcome outcome = new UdpFlood(device, plan).Run();

        // One frame a second, given out batch by batch: the first at once, the second in a minute.
        Assert.Equal(64, outcome.Sent);
        Assert.True(outcome.Seconds >= 0.02);
    }

    [Fact]
    public void Sending_allocates_nothing()
    {
        using MemoryDevice device = MemoryDevice.Repeating("eth0", new byte[60]);
        UdpFlood flood = new(device, Plan with { Packets = 1000 });
        flood.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        flood.Run();
        long few = GC.GetAllocatedBytesForCurrentThread() - before;
        UdpFlood longer = new(device, Plan with { Packets = 100_000 });
        before = GC.GetAllocatedBytesForCurrentThread();
        longer.Run();

        // Setting up costs the same for a hundred times the packets.
        Assert.Equal(few, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void An_outcome_travels_as_a_line()
    {
        FloodOutcome outcome = new(123_456_789, 5, 1.25);

        Assert.Equal(outcome, FloodOutcome.Parse(outcome.ToLine()));
        Assert.DoesNotContain('\n', outcome.ToLine());
        Assert.Equal(123_456_794 / 1.25, outcome.OfferedRate);
    }

    [Fact]
    public void Refuses_what_cannot_be_sent()
    {
        Refuses(Plan with { Clients = 0 }, "--clients 0");
        Refuses(Plan with { Flows = 0 }, "--flows 0");
        Refuses(Plan with { Flows = 100_000, Clients = 1 }, "--flows 100000");
        Refuses(Plan with { FrameLength = 59 }, "--frame 59");
        Refuses(Plan with { FrameLength = 1515 }, "--frame 1515");
        Refuses(Plan with { Rate = -1 }, "--rate -1");
        Refuses(Plan with { Rate = double.NaN }, "--rate NaN");
        Refuses(Plan with { Duration = TimeSpan.Zero }, "--duration 0");
        Refuses(Plan with { Packets = 0 }, "--packets 0");
    }

    private static void Refuses(FloodPlan plan, string what)
        => Assert.StartsWith(what, Assert.Throws<BadInputException>(plan.Check).Message, StringComparison.Ordinal);

    private static List<byte[]> Send(FloodPlan plan)
    {
        using MemoryDevice device = new("eth0");
        FloodOutcome outcome = new UdpFlood(device, plan).Run();
        Assert.Equal(plan.Packets, outcome.Sent);
        Assert.Equal(0, outcome.Unsent);
        List<byte[]> frames = [];
        while (device.TryTakeTransmitted(out TransmittedFrame? frame))
        {
            frames.Add(frame.Octets.ToArray());
        }

        return frames;
    }

    private static PacketFacts FactsOf(byte[] frame)
    {
        // Refuses a frame whose lengths or IPv4 checksum are wrong.
        Assert.Equal(DropReason.None, PacketParser.Parse(frame, out PacketFacts facts));
        return facts;
    }
}
