using System;
using NatEngine.Packets;
using NatEngine.Pipeline.Lanes;

namespace NatEngine.Pipeline.Tests;

/// <summary>What handing a frame from lane to lane costs, and what happens when there is too much of it.</summary>
public class HandOverTests
{
    private static readonly int HostLane = TwoLanes.LaneOf(Net.Host);

    [Fact]
    public void What_a_lane_has_no_room_for_is_dropped_and_counted()
    {
        using TwoLanes gateway = new();
        const int TooMany = 10;
        for (int number = 0; number < FrameInbox.Capacity + TooMany; number++)
        {
            gateway.FromInside(1 - HostLane, Packet.Udp(Net.Host, (ushort)(4000 + number), Net.Server, 53));
        }

        while (gateway.Parts[1 - HostLane].Step())
        {
        }

        Assert.Equal(TooMany, gateway.Dropped(DropReason.HandOverFull));
        gateway.Run();
        Assert.Equal(FrameInbox.Capacity, gateway.TakeOutside().Count);

        gateway.FromInside(1 - HostLane, Packet.Udp(Net.Host, 9000, Net.Server, 53));
        gateway.Run();
        Assert.Single(gateway.TakeOutside()); // there is room again
    }

    [Fact] // who is given an empty batch goes to sleep, and has been woken for these already
    public void A_batch_stays_empty_only_when_nothing_waits_in_an_inbox_either()
    {
        using TwoLanes gateway = new();
        const int Count = 100; // more than one batch holds
        for (int number = 0; number < Count; number++)
        {
            gateway.FromInside(1 - HostLane, Packet.Udp(Net.Host, (ushort)(4000 + number), Net.Server, 53));
        }

        while (gateway.Parts[1 - HostLane].Step())
        {
        }

        Assert.True(gateway.Parts[HostLane].Step());
        Assert.True(gateway.Parts[HostLane].Step());
        Assert.False(gateway.Parts[HostLane].Step());
        Assert.Equal(Count, gateway.TakeOutside().Count);
    }

    [Fact]
    public void Handing_over_allocates_nothing()
    {
        using TwoLanes gateway = new();
        byte[] frame = Packet.Udp(Net.Host, 4000, Net.Server, 53).Between(Net.HostMac, Net.InternalMac);
        long allocated = 0;
        for (int round = 0; round < 200; round++)
        {
            for (int number = 0; number < 32; number++)
            {
                Assert.True(gateway.Parts[1 - HostLane].Inside.Inject(frame));
            }

            long measured = Allocated(gateway.Parts[1 - HostLane], stages: 5);
            for (int turn = 0; turn < 2; turn++)
            {
                measured += Allocated(gateway.Parts[HostLane], stages: 4); // its devices' turn, or the inbox's
                gateway.Parts[HostLane].Pipeline.Stages[4].Process(gateway.Parts[HostLane].Pipeline.Batches[0]);
            }

            allocated += round < 100 ? 0 : measured; // code is compiled by then
            Assert.NotEmpty(gateway.TakeOutside());
        }

        Assert.Equal(0, allocated);
    }

    // Of one batch on its way through the first stages; transmitting into a memory device does allocate.
    private static long Allocated(TwoLanes.Part part, int stages)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int stage = 0; stage < stages; stage++)
        {
            part.Pipeline.Stages[stage].Process(part.Pipeline.Batches[0]);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
