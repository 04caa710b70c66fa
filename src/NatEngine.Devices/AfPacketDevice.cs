using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>A network interface: an AF_PACKET socket with a receive ring that we share with the kernel.</summary>
/// <remarks>
/// <para>It receives IPv4 for the interface's own hardware address and ARP for it or for all, without VLAN tags, and
/// nothing that was sent by this host. The kernel's own stack sees all frames too, unless a guard keeps them from
/// it.</para>
/// <para>While the newest frame that was received is held, the poll handle stays readable: the kernel looks at that
/// frame's slot (<c>packet_poll</c>). Frames that must wait long, for an address to be resolved say, are better copied
/// into a <see cref="FramePool"/> and released, which also spares the ring.</para>
/// <para>When the interface goes down the device stays, and works again when it is up. When it is removed, nothing is
/// received or sent any more.</para>
/// </remarks>
public sealed class AfPacketDevice : IPacketDevice
{
    // Ethernet header and one tag.
    private const int EthernetOverhead = 18;

    private readonly PacketSocket _socket;
    private readonly IReceiveRing _ring;
    private readonly IFrameTransmitter _transmitter;
    private long _receivedFrames;
    private long _ringDrops;

    private AfPacketDevice(AfPacketOptions options, PacketSocket socket, EthernetPort port, BpfProgram filter)
    {
        Name = options.InterfaceName;
        InterfaceIndex = port.Index;
        _socket = socket;
        bool superFrames = options.SuperFrames ?? port.DeliversSuperFrames;
        int frameLength = superFrames ? RingGeometry.SuperFrameLength : port.Mtu + EthernetOverhead;
        Geometry = options.Ring == RingVersion.V2
            ? RingGeometry.V2(options.Slots, frameLength)
            : RingGeometry.V3(options.Slots, frameLength);

        // The virtio header has to be asked for before there is a ring, the filter to be in place before the first
        // frame can come: with the bind.
        int version = options.Ring == RingVersion.V2 ? Libc.TPACKET_V2 : Libc.TPACKET_V3;
        socket.Set(Libc.PACKET_VERSION, version, "PACKET_VERSION");
        socket.Set(Libc.PACKET_VNET_HDR, 1, "PACKET_VNET_HDR");
        socket.Set(Libc.PACKET_RESERVE, RingGeometry.Reserve, "PACKET_RESERVE");
        socket.Set(Libc.PACKET_IGNORE_OUTGOING, 1, "PACKET_IGNORE_OUTGOING");
        socket.Set(Libc.PACKET_QDISC_BYPASS, options.BypassQdisc ? 1 : 0, "PACKET_QDISC_BYPASS");
        socket.SizeSendBuffer(options.SendBufferOctets);
        socket.Attach(filter);
        _ring = socket.MakeRing(options.Ring, Geometry);
        PacketTransmitter transmitter = new(socket.Handle);
        _transmitter = options.Transmit == TransmitKind.Xdp
            ? XdpTransmitter.Open(options, port, transmitter)
            : transmitter;
        socket.Bind(port.Index);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The kernel's number of the interface.</summary>
    public int InterfaceIndex { get; }

    /// <inheritdoc/>
    public SafeHandle PollHandle => _socket.Handle;

    /// <inheritdoc/>
    /// <remarks>The kernel looks at the slot that it wrote last (<c>packet_poll</c>).</remarks>
    public bool IsReadableWhileHeld => true;

    /// <summary>How many frames the receive ring holds at a time; of a V3 ring, at least.</summary>
    public int RingSlots => Geometry.Slots;

    /// <summary>The receive ring's memory, in octets.</summary>
    public long RingOctets => (long)Geometry.Length;

    /// <summary>How the ring is laid out.</summary>
    internal RingGeometry Geometry { get; }

    /// <summary>Opens an interface, in the network namespace of the calling thread.</summary>
    /// <exception cref="DeviceException">There is no such interface, it is no Ethernet, the capability CAP_NET_RAW is
    /// missing, or there is no memory for the ring.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="AfPacketOptions.Slots"/> is out of range.</exception>
    public static AfPacketDevice Open(AfPacketOptions options) => OpenOne(options, ReceiveFilter.Program);

    /// <summary>Opens an interface several times over: each frame that it receives goes to one of the devices.
    /// </summary>
    /// <param name="options">How each of them is opened.</param>
    /// <param name="steering">Says which one a frame goes to, and how many there are.</param>
    /// <returns>The devices, in the order of the numbers that <paramref name="steering"/> gives.</returns>
    /// <remarks>The kernel asks for the interface's frames once for all of them (<c>PACKET_FANOUT</c>). Until all have
    /// joined they receive nothing, so that no frame comes twice or to the wrong one.</remarks>
    /// <exception cref="DeviceException">See <see cref="Open"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="AfPacketOptions.Slots"/> is out of range.</exception>
    public static AfPacketDevice[] OpenGroup(AfPacketOptions options, SteeringProgram steering)
    {
        List<AfPacketDevice> devices = [];
        try
        {
            int group = 0;
            for (int lane = 0; lane < steering.Lanes; lane++)
            {
                AfPacketDevice device = OpenOne(options, ReceiveFilter.Nothing);
                devices.Add(device);
                if (lane == 0)
                {
                    group = device._socket.BeginGroup();
                }
                else
                {
                    device._socket.Join(group);
                }
            }

            devices[0]._socket.Steer(steering.Program);
            devices.ForEach(device => device._socket.Attach(ReceiveFilter.Program));
            return [.. devices];
        }
        catch
        {
            devices.ForEach(device => device.Dispose());
            throw;
        }
    }

    private static AfPacketDevice OpenOne(AfPacketOptions options, BpfProgram filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Slots, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Slots, 65_536);
        PacketSocket socket = PacketSocket.Open(options.InterfaceName);
        try
        {
            return new AfPacketDevice(options, socket, EthernetPort.Read(socket, options.InterfaceName), filter);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Receive(Span<Frame> frames)
    {
        int count = _ring.Receive(frames);
        Volatile.Write(ref _receivedFrames, _receivedFrames + count);
        return count;
    }

    /// <inheritdoc/>
    public void Release(ReadOnlySpan<Frame> frames) => _ring.Release(frames);

    /// <inheritdoc/>
    public int Transmit(ReadOnlySpan<Frame> frames) => _transmitter.Transmit(frames);

    /// <inheritdoc/>
    public DeviceStatistics ReadStatistics()
    {
        // Reading PACKET_STATISTICS sets it back to zero.
        long ringDrops = Interlocked.Add(ref _ringDrops, _socket.TakeDrops());
        return new DeviceStatistics(
            Volatile.Read(ref _receivedFrames),
            _transmitter.Sent,
            ringDrops,
            _ring.TruncatedFrames,
            _transmitter.Retries,
            _transmitter.Failures);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _ring.Dispose();
        _transmitter.Dispose();
    }
}
