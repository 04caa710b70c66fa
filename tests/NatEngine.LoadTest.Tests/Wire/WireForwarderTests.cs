using System;
using System.Diagnostics;
using System.Threading;
using NatEngine.Devices;
using NatEngine.LoadTest.Wire;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Tests.Wire;

public sealed class WireForwarderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryDevice _firstDevice = new("first");
    private readonly MemoryDevice _secondDevice = new("second");
    private readonly WireEnd _first;
    private readonly WireEnd _second;
    private readonly WireForwarder _forwarder;
    private readonly Thread _thread;

    public WireForwarderTests()
    {
        _first = new WireEnd(_firstDevice, new MacAddress(0x02_00_00_00_00_01), new MacAddress(0x02_00_00_00_00_02));
        _second = new WireEnd(_secondDevice, new MacAddress(0x02_00_00_00_00_03), new MacAddress(0x02_00_00_00_00_04));
        _forwarder = new WireForwarder(_first, _second);
        _thread = new Thread(_forwarder.Run) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _forwarder.Stop();
        Assert.True(_thread.Join(Patience));
        _forwarder.Dispose();
        _firstDevice.Dispose();
        _secondDevice.Dispose();
    }

    [Fact]
    public void Passes_a_frame_on_with_only_its_stations_changed()
    {
        byte[] frame = FrameOf(EtherType.IPv4, number: 7);
        _firstDevice.Inject(frame);

        byte[] passed = Take(_secondDevice);

        Assert.True(EthernetHeader.TryParse(passed, out EthernetHeader header));
        Assert.Equal(_second.Station, header.Source);
        Assert.Equal(_second.Peer, header.Destination);
        Assert.Equal(frame[12..], passed[12..]);
    }

    [Fact]
    public void Passes_frames_both_ways()
    {
        _secondDevice.Inject(FrameOf(EtherType.IPv4, number: 1));

        Assert.True(EthernetHeader.TryParse(Take(_firstDevice), out EthernetHeader header));
        Assert.Equal(_first.Peer, header.Destination);
    }

    [Fact]
    public void Keeps_the_order_and_leaves_other_protocols_to_the_kernel()
    {
        for (byte number = 0; number < 200; number++)
        {
            Assert.True(_firstDevice.Inject(FrameOf(number % 2 == 0 ? EtherType.IPv4 : EtherType.Arp, number)));
        }

        for (byte number = 0; number < 200; number += 2)
        {
            Assert.Equal(number, Take(_secondDevice)[^1]);
        }

        Assert.Equal(0, _secondDevice.TransmittedCount);
    }

    private static byte[] FrameOf(EtherType type, byte number)
    {
        byte[] frame = new byte[60];
        EthernetHeader.Write(frame, new MacAddress(0x02_00_00_00_00_0A), new MacAddress(0x02_00_00_00_00_0B), type);
        frame[^1] = number;
        return frame;
    }

    private static byte[] Take(MemoryDevice device)
    {
        TransmittedFrame? frame;
        for (Stopwatch watch = Stopwatch.StartNew(); !device.TryTakeTransmitted(out frame);)
        {
            Assert.True(watch.Elapsed < Patience, "no frame came out");
            Thread.Yield();
        }

        return frame.Octets.ToArray();
    }
}
