using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Ports;

/// <summary>RFC 6888 REQ-13 to REQ-15: ports in blocks, through a NAT with blocks of ten in 5000 to 5039.</summary>
public sealed class PortBlockTests
{
    private const string Server = "198.51.100.7:53";
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(30);

    [Fact]
    public void Req14_ports_of_a_subscriber_are_of_one_block_until_it_is_full()
    {
        using Gateway gateway = With();
        int[] first = Take(gateway, host: 2, count: 10);
        Assert.Equal(Enumerable.Range(first.Min(), 10), first.Order());
        Assert.Equal(0, first.Min() % 10);
        int[] second = Take(gateway, host: 2, count: 10, from: 2000);
        Assert.Equal(Enumerable.Range(second.Min(), 10), second.Order());
        Assert.Empty(first.Intersect(second));
    }

    [Fact]
    public void Req15_neither_block_nor_port_can_be_guessed()
    {
        HashSet<int> seen = [];
        for (int seed = 1; seed <= 200; seed++)
        {
            using Gateway gateway = With(seed: seed);
            _ = seen.Add(Take(gateway, host: 2, count: 1)[0]);
        }

        Assert.InRange(seen.Count, 18, 20); // of the twenty even ones: parity is kept
    }

    [Fact]
    public void Req4_subscriber_gets_no_more_blocks_than_he_may_and_nobody_suffers()
    {
        using Gateway gateway = With();
        _ = Take(gateway, host: 2, count: 20);
        gateway.FromInside(Frames.Udp("100.64.0.2:3000", Server)).MustDrop(DropReason.SubscriberQuota);
        _ = Take(gateway, host: 3, count: 20);
        gateway.FromInside(Frames.Udp("100.64.0.4:3000", Server)).MustDrop(DropReason.PortsExhausted);
    }

    [Fact] // of TCP as of UDP: one block to log
    public void Block_is_of_both_protocols()
    {
        using Gateway gateway = With(most: 1);
        int udp = Take(gateway, host: 2, count: 1)[0];
        Outcome tcp = gateway.FromInside(Frames.Tcp("100.64.0.2:1000", Server, Packets.Headers.TcpFlags.Syn));
        Assert.Equal(udp / 10, tcp.Tuple.Source.Port / 10);
    }

    [Fact]
    public void Block_goes_to_another_when_it_has_long_been_unused()
    {
        using Gateway gateway = With();
        _ = Take(gateway, host: 2, count: 20);
        _ = Take(gateway, host: 3, count: 20);
        gateway.Wait(120); // the sessions' own time
        Assert.Equal(0, gateway.Translator.SessionCount);
        gateway.FromInside(Frames.Udp("100.64.0.4:3000", Server)).MustDrop(DropReason.PortsExhausted);
        gateway.Wait(29.999);
        gateway.FromInside(Frames.Udp("100.64.0.4:3000", Server)).MustDrop(DropReason.PortsExhausted);
        gateway.Wait(0.001);
        _ = Take(gateway, host: 4, count: 20);
    }

    [Fact]
    public void Block_that_is_used_again_stays_its_owners()
    {
        using Gateway gateway = With(most: 1);
        int block = Take(gateway, host: 2, count: 1)[0] / 10;
        for (int round = 0; round < 5; round++)
        {
            gateway.Wait(120); // idle from here
            gateway.Wait(29);
            Assert.Equal(block, Take(gateway, host: 2, count: 1)[0] / 10);
            gateway.Wait(2); // past the time that it would have been released at
            Assert.Equal(block, Take(gateway, host: 2, count: 1, from: 1500)[0] / 10);
        }
    }

    [Fact] // whatever the order in which blocks are left, used again and released
    public void Blocks_are_conserved()
    {
        using Gateway gateway = With();
        Random random = new(5);
        for (int step = 0; step < 3000; step++)
        {
            string inside = $"100.64.0.{random.Next(2, 8)}:{random.Next(1000, 1040)}";
            _ = gateway.FromInside(Frames.Udp(inside, Server));
            gateway.Wait(random.Next(0, 20));
            foreach (IGrouping<int, SessionSnapshot> block in gateway.Sessions()
                .GroupBy(session => session.Reply.Destination.Port / 10))
            {
                _ = Assert.Single(block.Select(session => session.Original.Source.Address).Distinct());
            }
        }

        gateway.Wait(120);
        gateway.Wait(30);
        _ = Take(gateway, host: 2, count: 20);
        _ = Take(gateway, host: 3, count: 20);
    }

    private static int[] Take(Gateway gateway, int host, int count, int from = 1000)
    {
        int[] ports = new int[count];
        for (int index = 0; index < count; index++)
        {
            Outcome outcome = gateway.FromInside(Frames.Udp($"100.64.0.{host}:{from + index}", Server));
            Assert.True(outcome.Forwarded, $"dropped: {outcome.Reason}");
            ports[index] = outcome.Tuple.Source.Port;
        }

        return ports;
    }

    private static Gateway With(int most = 2, int seed = 1) => new(
        options => options with
        {
            Ports = new PortRange(5000, 5039),
            Behavior = TranslationBehavior.Default with { Ports = PortChoice.Random },
            Blocks = new PortBlockOptions { Size = 10, MaxPerSubscriber = most, ReleaseDelay = Delay },
        },
        seed);
}
