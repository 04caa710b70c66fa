using System;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests;

public sealed class DrawnAheadTests
{
    private const int Limit = 64_512;

    // More than it takes for hints to be given.
    private const int Sessions = 72_000;

    [Fact]
    public void Says_what_it_foretold()
    {
        DrawnAhead chance = new(new Random(1));
        for (int round = 0; round < 100; round++)
        {
            TwoNumbers[] foreseen = [.. Enumerable.Range(0, DrawnAhead.Horizon).Select(chance.Foresee)];
            foreach (TwoNumbers expected in foreseen.Take(round % (DrawnAhead.Horizon + 1)))
            {
                TwoNumbers taken = chance.Take();
                Assert.Equal(expected.First(Limit), taken.First(Limit));
                Assert.Equal(expected.Second(Limit), taken.Second(Limit));
            }
        }
    }

    [Fact]
    public void Says_the_same_whether_it_was_asked_before_or_not()
    {
        DrawnAhead asked = new(new Random(2));
        DrawnAhead unasked = new(new Random(2));
        for (int step = 0; step < 1000; step++)
        {
            _ = asked.Foresee(0);
            Assert.Equal(unasked.Take().First(Limit), asked.Take().First(Limit));
        }
    }

    [Fact]
    public void Foresees_no_farther_than_a_batch()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new DrawnAhead(new Random(1)).Foresee(DrawnAhead.Horizon));

    [Fact]
    public void Every_number_below_the_limit_is_as_likely()
    {
        DrawnAhead chance = new(new Random(3));
        int[] first = new int[10];
        int[] second = new int[10];
        int[] others = new int[10];
        for (int draw = 0; draw < 100_000; draw++)
        {
            TwoNumbers drawn = chance.Take();
            first[drawn.First(10)]++;
            second[drawn.Second(10)]++;
            others[drawn.Others().First(10)]++;
        }

        // Five standard deviations.
        Assert.All([.. first, .. second, .. others], count => Assert.InRange(count, 9_500, 10_500));
    }

    [Theory] // what is asked for ahead is a hint and nothing else
    [InlineData(PortChoice.Random)]
    [InlineData(PortChoice.Preserve)]
    [InlineData(PortChoice.Sequential)]
    public void A_batch_gets_the_ports_that_its_packets_would_get_one_by_one(PortChoice choice)
    {
        using Gateway together = With(choice);
        using Gateway apart = With(choice);
        PacketFacts[] packets = [.. Enumerable.Range(0, Sessions).Select(Opening)];
        Verdict[] verdicts = new Verdict[packets.Length];
        Verdict[] single = new Verdict[1];

        together.Translator.Translate(packets, Realm.Internal, together.Now, verdicts);

        for (int index = 0; index < packets.Length; index++)
        {
            apart.Translator.Translate(packets.AsSpan(index, 1), Realm.Internal, apart.Now, single);
            Assert.Equal(VerdictKind.Forward, single[0].Kind);
            Assert.Equal(single[0].Rewrite.Source, verdicts[index].Rewrite.Source);
        }

        Assert.Equal(Sessions, together.Translator.SessionCount);
    }

    private static Gateway With(PortChoice choice) => new(options => options with
    {
        ExternalAddresses = [.. Enumerable.Range(1, 3).Select(host => IPv4Address.Parse($"203.0.113.{host}"))],
        MaxSessions = Sessions,
        Behavior = options.Behavior with { Ports = choice },
    });

    // Clients share ports, and the last have mappings already.
    private static PacketFacts Opening(int index)
    {
        const int clients = 20_000;
        int source = index % (Sessions - 2000);
        IPv4Address client = new(IPv4Address.Parse("100.64.0.0").Value + (uint)(source % clients));
        IPv4Address server = new(IPv4Address.Parse("198.51.100.0").Value + (uint)(index % 11));
        return PacketFacts.OfOpening(new FlowTuple(
            new TransportAddress(client, (ushort)(4000 + (source / clients))),
            new TransportAddress(server, 53),
            IpProtocol.Udp));
    }
}
