using System;
using System.Numerics;
using System.Runtime.InteropServices;
using CsCheck;

namespace NatEngine.Packets.Tests;

public sealed class FlowTupleTests
{
    private const ulong Seed = 0x9E37_79B9_7F4A_7C15;

    private static readonly TransportAddress Client = new(IPv4Address.Parse("100.64.0.5"), 40000);
    private static readonly TransportAddress Server = new(IPv4Address.Parse("198.51.100.7"), 443);

    private static readonly Gen<FlowTuple> Tuples =
        Gen.Select(Gen.UInt, Gen.UShort, Gen.UInt, Gen.UShort, Gen.Byte).Select(
            (source, sourcePort, destination, destinationPort, protocol) => new FlowTuple(
                new TransportAddress(new IPv4Address(source), sourcePort),
                new TransportAddress(new IPv4Address(destination), destinationPort),
                (IpProtocol)protocol));

    [Fact]
    public void Is_sixteen_octets() => Assert.Equal(16, MemoryMarshal.AsBytes<FlowTuple>(new FlowTuple[1]).Length);

    [Fact]
    public void Gives_back_its_parts()
        => Gen.Select(Gen.UInt, Gen.UShort, Gen.UInt, Gen.UShort, Gen.Byte).Sample(
            (source, sourcePort, destination, destinationPort, protocol) =>
            {
                TransportAddress from = new(new IPv4Address(source), sourcePort);
                TransportAddress to = new(new IPv4Address(destination), destinationPort);
                FlowTuple tuple = new(from, to, (IpProtocol)protocol);

                Assert.Equal(from, tuple.Source);
                Assert.Equal(to, tuple.Destination);
                Assert.Equal((IpProtocol)protocol, tuple.Protocol);
            });

    [Fact]
    public void The_reply_goes_the_other_way_and_its_reply_is_the_tuple()
        => Tuples.Sample(tuple =>
        {
            FlowTuple reply = tuple.Reply();

            Assert.Equal(new FlowTuple(tuple.Destination, tuple.Source, tuple.Protocol), reply);
            Assert.Equal(tuple, reply.Reply());
        });

    [Fact]
    public void A_difference_in_any_part_is_a_difference()
    {
        FlowTuple tuple = new(Client, Server, IpProtocol.Tcp);

        Assert.True(tuple == new FlowTuple(Client, Server, IpProtocol.Tcp));
        Assert.True(tuple.Equals((object)new FlowTuple(Client, Server, IpProtocol.Tcp)));
        Assert.Equal(tuple.GetHashCode(), new FlowTuple(Client, Server, IpProtocol.Tcp).GetHashCode());
        Assert.All(
            [
                new FlowTuple(Client with { Address = new IPv4Address(1) }, Server, IpProtocol.Tcp),
                new FlowTuple(Client with { Port = 40001 }, Server, IpProtocol.Tcp),
                new FlowTuple(Client, Server with { Address = new IPv4Address(1) }, IpProtocol.Tcp),
                new FlowTuple(Client, Server with { Port = 444 }, IpProtocol.Tcp),
                new FlowTuple(Client, Server, IpProtocol.Udp),
                tuple.Reply(),
            ],
            other =>
            {
                Assert.True(tuple != other);
                Assert.NotEqual(tuple.Hash(Seed), other.Hash(Seed));
            });
    }

    [Fact]
    public void Prints_its_parts()
        => Assert.Equal(
            "Tcp 100.64.0.5:40000 -> 198.51.100.7:443",
            new FlowTuple(Client, Server, IpProtocol.Tcp).ToString());

    [Theory]
    [InlineData(0)] // the bits that a table would take for its bucket
    [InlineData(48)] // and those it would take for a tag
    public void Spreads_the_tuples_of_a_full_external_address_evenly(int shift)
    {
        // 1,024 hosts with 63 ports each towards one server, and the replies: sequential in every part.
        const int Buckets = 4096;
        int[] counts = new int[Buckets];
        int tuples = 0;
        for (uint host = 0; host < 1024; host++)
        {
            for (ushort port = 0; port < 63; port++)
            {
                TransportAddress client = new(new IPv4Address(0x6440_0000 + host), (ushort)(32768 + port));
                FlowTuple tuple = new(client, Server, IpProtocol.Tcp);
                counts[(int)(tuple.Hash(Seed) >> shift) & (Buckets - 1)]++;
                counts[(int)(tuple.Reply().Hash(Seed) >> shift) & (Buckets - 1)]++;
                tuples += 2;
            }
        }

        // Chi-squared with 4,095 degrees of freedom has a standard deviation of 90: six of them either way.
        Assert.InRange(ChiSquared(counts, tuples), Buckets - 1 - 543, Buckets - 1 + 543);
    }

    [Fact]
    public void Hashes_of_different_tuples_differ()
    {
        ulong[] hashes = new ulong[64512];
        for (int port = 0; port < hashes.Length; port++)
        {
            hashes[port] = new FlowTuple(
                new TransportAddress(IPv4Address.Parse("203.0.113.1"), (ushort)(1024 + port)),
                Server,
                IpProtocol.Udp).Hash(Seed);
        }

        Array.Sort(hashes);
        for (int index = 1; index < hashes.Length; index++)
        {
            Assert.NotEqual(hashes[index - 1], hashes[index]);
        }
    }

    [Fact]
    public void One_changed_bit_of_the_tuple_changes_half_of_the_hash()
        => AssertAvalanche((tuple, bit) =>
        {
            FlowTuple changed = bit switch
            {
                < 48 => new(Flip(tuple.Source, bit), tuple.Destination, tuple.Protocol),
                < 96 => new(tuple.Source, Flip(tuple.Destination, bit - 48), tuple.Protocol),
                _ => new(tuple.Source, tuple.Destination, (IpProtocol)((byte)tuple.Protocol ^ (1 << (bit - 96)))),
            };
            return tuple.Hash(Seed) ^ changed.Hash(Seed);
        },
        bits: 104);

    [Fact]
    public void One_changed_bit_of_the_seed_changes_half_of_the_hash()
        => AssertAvalanche((tuple, bit) => tuple.Hash(Seed) ^ tuple.Hash(Seed ^ (1UL << bit)), bits: 64);

    [Fact] // who knows which tuples fall together under one seed knows nothing about another
    public void Tuples_that_share_a_bucket_under_one_seed_do_not_under_another()
    {
        const int Buckets = 1024;
        int[] counts = new int[Buckets];
        int together = 0;
        for (uint source = 0; together < 4096; source++)
        {
            FlowTuple tuple = new(new TransportAddress(new IPv4Address(source), 1), Server, IpProtocol.Udp);
            if ((tuple.Hash(1) & (Buckets - 1)) == 0)
            {
                counts[(int)(tuple.Hash(2) & (Buckets - 1))]++;
                together++;
            }
        }

        // 1,023 degrees of freedom: a standard deviation of 45.
        Assert.InRange(ChiSquared(counts, together), 1023 - 271, 1023 + 271);
    }

    private static void AssertAvalanche(Func<FlowTuple, int, ulong> difference, int bits)
    {
        Random random = new(1);
        for (int bit = 0; bit < bits; bit++)
        {
            int changed = 0;
            for (int trial = 0; trial < 256; trial++)
            {
                FlowTuple tuple = new(
                    new TransportAddress(new IPv4Address((uint)random.Next()), (ushort)random.Next()),
                    new TransportAddress(new IPv4Address((uint)random.Next()), (ushort)random.Next()),
                    IpProtocol.Tcp);
                changed += BitOperations.PopCount(difference(tuple, bit));
            }

            // 16,384 fair coins: 8,192 with a standard deviation of 64.
            Assert.InRange(changed, 8192 - 384, 8192 + 384);
        }
    }

    private static double ChiSquared(int[] counts, int total)
    {
        double expected = (double)total / counts.Length;
        double sum = 0;
        foreach (int count in counts)
        {
            sum += (count - expected) * (count - expected) / expected;
        }

        return sum;
    }

    // Bits 0 to 31 are the address, 32 to 47 the port.
    private static TransportAddress Flip(TransportAddress address, int bit) => bit < 32
        ? address with { Address = new IPv4Address(address.Address.Value ^ (1U << bit)) }
        : address with { Port = (ushort)(address.Port ^ (1 << (bit - 32))) };
}
