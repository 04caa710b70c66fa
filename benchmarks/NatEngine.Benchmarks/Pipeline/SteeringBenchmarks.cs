using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using NatEngine.Packets;
using NatEngine.Pipeline.Lanes;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>What a lane pays for each packet to see that it is its own: nothing where there is one lane, for which
/// nobody asks.</summary>
public class SteeringBenchmarks
{
    private const int Packets = 1_024;

    private static readonly IPv4Address External = IPv4Address.Parse("203.0.113.1");

    private readonly PacketFacts[] _outbound = new PacketFacts[Packets];
    private readonly PacketFacts[] _inbound = new PacketFacts[Packets];
    private LaneSteering? _steering;
    private long _sum;

    /// <summary>Services that are published: their ports are looked for.</summary>
    [Params(0, 100)]
    public int Published { get; set; }

    [GlobalSetup]
    public void Make()
    {
        TranslationOptions options = new()
        {
            ExternalAddresses = [External],
            InternalPrefixes = [new IPv4Prefix(IPv4Address.Parse("100.64.0.0"), 16)],
            Published =
            [
                .. Enumerable.Range(0, Published).Select(number => new PublishedService(
                    IpProtocol.Tcp, (ushort)(10_000 + number), new TransportAddress(Host(number), 80))),
            ],
        };
        _steering = new LaneSteering(options, new LaneDivision(2));
        TransportAddress server = new(IPv4Address.Parse("198.51.100.7"), 443);
        for (int number = 0; number < Packets; number++)
        {
            TransportAddress inside = new(Host(number), (ushort)(2_000 + number));
            _outbound[number] = PacketFacts.OfOpening(new FlowTuple(inside, server, IpProtocol.Udp));
            TransportAddress outside = new(External, (ushort)(2_000 + (number * 61)));
            _inbound[number] = PacketFacts.OfOpening(new FlowTuple(server, outside, IpProtocol.Udp));
        }
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public long Outbound() => _sum += SumOf(_outbound, Realm.Internal);

    [Benchmark(OperationsPerInvoke = Packets)]
    public long Inbound() => _sum += SumOf(_inbound, Realm.External);

    [GlobalCleanup]
    public void Check()
    {
        // Both lanes have their share.
        if (SumOf(_outbound, Realm.Internal) is < Packets / 3 or > Packets * 2 / 3)
        {
            throw new InvalidOperationException("The hosts are not spread over the lanes.");
        }
    }

    private static IPv4Address Host(int number) => new(0x6440_000A + (uint)number);

    private long SumOf(PacketFacts[] packets, Realm ingress)
    {
        long sum = 0;
        for (int index = 0; index < packets.Length; index++)
        {
            sum += _steering!.LaneOf(packets[index], ingress);
        }

        return sum;
    }
}
