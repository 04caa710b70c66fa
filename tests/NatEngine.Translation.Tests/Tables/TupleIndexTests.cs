using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Tests.Tables;

public sealed class TupleIndexTests
{
    [Fact]
    public void Structures_are_as_large_as_they_say()
    {
        Assert.Equal(64, NativeArray<Bucket>.ValueOctets);
        Assert.Equal(64, NativeArray<Session>.ValueOctets);
        Assert.Equal(24, NativeArray<Mapping>.ValueOctets);
        Assert.Equal(24, NativeArray<ColdSession>.ValueOctets);
    }

    [Fact] // design.md: at most 160 octets a session, all tables
    public void Session_and_mapping_cost_no_more_than_160_octets()
    {
        const int WheelLinks = 2 * sizeof(uint);
        double session = Session.Octets + NativeArray<ColdSession>.ValueOctets + WheelLinks
            + (2 * TupleIndex<Keys>.OctetsPerEntry);
        double mapping = Mapping.Octets + TupleIndex<Keys>.OctetsPerEntry + sizeof(uint); // and the port's entry
        Assert.InRange(session, 0, 128);
        Assert.InRange(session + mapping, 0, 160);
    }

    [Theory] // few buckets and all entries taken: long chains, gaps filled from behind
    [InlineData(20)]
    [InlineData(1000)]
    public void Behaves_like_a_dictionary(int capacity)
    {
        Random random = new(7);
        FlowTuple[] tuples = new FlowTuple[capacity + 1];
        Dictionary<FlowTuple, uint> model = [];
        using TupleIndex<Keys> index = new(new Keys(tuples), (uint)capacity);
        for (int step = 0; step < 50_000; step++)
        {
            uint reference = (uint)random.Next(1, capacity + 1);
            FlowTuple tuple = TupleOf((int)reference);
            if (model.Remove(tuple))
            {
                index.Remove(reference, HashOf(tuple));
                tuples[reference] = default;
            }
            else
            {
                tuples[reference] = tuple;
                model.Add(tuple, reference);
                index.Add(reference, HashOf(tuple));
            }

            FlowTuple asked = TupleOf(random.Next(1, capacity + 1));
            Assert.Equal(model.GetValueOrDefault(asked), index.Find(asked, HashOf(asked)));
        }

        Assert.All(model, pair => Assert.Equal(pair.Value, index.Find(pair.Key, HashOf(pair.Key))));
        Assert.InRange(index.ExtraBuckets, 0U, (uint)(capacity / Bucket.Slots));
    }

    [Fact] // what a keyed hash prevents, done on purpose: the argument why the chained buckets cannot run out
    public void Does_not_run_out_of_buckets_when_all_entries_fall_into_one()
    {
        const int Capacity = 500;
        FlowTuple[] tuples = [default, .. Enumerable.Range(1, Capacity).Select(TupleOf)];
        using TupleIndex<Keys> index = new(new Keys(tuples), Capacity);
        for (int round = 0; round < 3; round++)
        {
            for (uint reference = 1; reference <= Capacity; reference++)
            {
                index.Add(reference, 42);
            }

            Assert.All(Enumerable.Range(1, Capacity), i => Assert.Equal((uint)i, index.Find(tuples[i], 42)));
            foreach (int reference in Enumerable.Range(1, Capacity).OrderBy(i => i * 7919 % Capacity))
            {
                index.Remove((uint)reference, 42);
                Assert.Equal(0U, index.Find(tuples[reference], 42));
            }
        }

        Assert.InRange(index.ExtraBuckets, 1U, Capacity / (uint)Bucket.Slots);
    }

    private static FlowTuple TupleOf(int number)
        => new(new TransportAddress(new IPv4Address((uint)number), 1), default, IpProtocol.Udp);

    private static ulong HashOf(FlowTuple tuple) => tuple.Hash(12345);

    internal readonly struct Keys(FlowTuple[] tuples) : ITupleKeys
    {
        public bool Holds(uint reference, FlowTuple tuple) => tuples[reference] == tuple;
    }
}
