using System;
using System.Linq;
using NatEngine.Benchmarks.Packets;
using NatEngine.Devices;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Pipeline;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>A gateway between an endless source of datagrams, one for each session in turn, and a sink.</summary>
internal sealed class BenchmarkGateway : IDisposable
{
    private const int PortsPerHost = 200;

    private static readonly MacAddress InternalMac = new(0x02_00_00_00_00_02); // where SampleFrames go
    private static readonly MacAddress ExternalMac = new(0x02_00_00_00_00_03);
    private static readonly MacAddress RouterMac = new(0x02_00_00_00_00_04);
    private static readonly IPv4Address External = IPv4Address.Parse("203.0.113.1");
    private static readonly IPv4Address Router = IPv4Address.Parse("203.0.113.254");

    private readonly MemoryDevice _source;
    private readonly FramePool _pool = new(GatewayPipeline.PoolFrames);
    private readonly Translator _translator;

    public BenchmarkGateway(PipelineLayout layout, int sessions, int batchSize = 64)
    {
        ReadOnlyMemory<byte>[] frames = [.. Enumerable.Range(0, sessions).Select(Datagram)];
        _source = MemoryDevice.Repeating("internal", frames);
        MemoryDevice external = new("external");
        external.Inject(ArpRequest());
        Sink = new SinkDevice(external);
        TranslationOptions translation = new() { ExternalAddresses = [External] };
        _translator = new Translator(translation, new Random(1));
        PipelineOptions options = new()
        {
            Layout = layout,
            BatchSize = batchSize,
            Clock = new FrozenClock(),
            Internal = new GatewayPort { HardwareAddress = InternalMac },
            External = new GatewayPort
            {
                HardwareAddress = ExternalMac,
                OwnedAddresses = [External],
                Routes = [new NatEngine.Pipeline.Route(new IPv4Prefix(IPv4Address.Any, 0), Router)],
            },
        };
        Pipeline = new GatewayPipeline(options, _translator, _source, Sink, _pool);
    }

    public GatewayPipeline Pipeline { get; }

    public SinkDevice Sink { get; }

    /// <summary>Throws if packets were dropped, beyond the few that came before the router was known.</summary>
    public void Check()
    {
        long dropped = Pipeline.ReadCounters().Drops.Values.Sum();
        if (dropped > 1024 || Sink.Transmitted == 0)
        {
            throw new InvalidOperationException($"{dropped} packets were dropped, {Sink.Transmitted} were sent.");
        }
    }

    public void Dispose()
    {
        Pipeline.Dispose();
        _translator.Dispose();
        _source.Dispose();
        Sink.Dispose();
        _pool.Dispose();
    }

    private static ReadOnlyMemory<byte> Datagram(int session)
    {
        IPv4Address host = new(SampleFrames.Client.Address.Value + (uint)(session / PortsPerHost));
        return SampleFrames.Udp(
            new TransportAddress(host, (ushort)(10_000 + (session % PortsPerHost))), SampleFrames.Server);
    }

    // Tells the gateway where the router is.
    private static byte[] ArpRequest()
    {
        byte[] frame = new byte[60];
        EthernetHeader.Write(frame, MacAddress.Broadcast, RouterMac, EtherType.Arp);
        ArpPacket arp = ArpPacket.Create(frame.AsSpan(EthernetHeader.Length), ArpOperation.Request);
        arp.SenderHardware = RouterMac;
        arp.SenderAddress = Router;
        arp.TargetAddress = External;
        return frame;
    }
}
