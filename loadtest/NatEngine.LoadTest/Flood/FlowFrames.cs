using System;
using System.Buffers.Binary;
using System.Diagnostics;
using NatEngine.Packets;
using NatEngine.Packets.Headers;

namespace NatEngine.LoadTest.Flood;

/// <summary>Turns a frame into one of any flow of a flood: only what differs between flows is written.</summary>
/// <remarks>Checksums are whole and right, so that a gateway that gets one wrong is found out at the far side. The
/// first four octets of the payload are the flow's number, in network order.</remarks>
internal sealed class FlowFrames
{
    /// <summary>Where the payload begins, in octets from the first of the frame.</summary>
    public const int PayloadOffset = EthernetHeader.Length + IPv4Header.MinLength + UdpHeader.Length;

    private readonly FloodPlan _plan;
    private readonly Variation[] _flows;

    /// <summary>Works out the flows of a plan, which must be in bounds.</summary>
    public FlowFrames(FloodPlan plan)
    {
        _plan = plan;
        _flows = new Variation[plan.Flows];
        byte[] frame = new byte[plan.FrameLength];
        for (int flow = 0; flow < _flows.Length; flow++)
        {
            _flows[flow] = WriteWhole(frame, flow);
        }
    }

    /// <summary>How many flows there are.</summary>
    public int Count => _flows.Length;

    /// <summary>Writes a whole frame of the first flow.</summary>
    public void Prepare(Span<byte> frame) => WriteWhole(frame, 0);

    /// <summary>Makes a prepared frame one of a flow.</summary>
    public void Select(Span<byte> frame, int flow)
    {
        ref readonly Variation variation = ref _flows[flow];
        bool whole = IPv4Header.TryParse(frame[EthernetHeader.Length..], out IPv4Header ip);
        ip.Source = variation.Source;
        ip.Checksum = variation.NetworkChecksum;
        whole &= UdpHeader.TryParse(frame[(EthernetHeader.Length + IPv4Header.MinLength)..], out UdpHeader udp);
        Debug.Assert(whole, "the frame was prepared");
        udp.SourcePort = variation.SourcePort;
        udp.Checksum = variation.TransportChecksum;
        BinaryPrimitives.WriteInt32BigEndian(frame[PayloadOffset..], flow);
    }

    private Variation WriteWhole(Span<byte> frame, int flow)
    {
        frame.Clear();
        EthernetHeader.Write(frame, _plan.NextHop, _plan.Station, EtherType.IPv4);
        Span<byte> packet = frame[EthernetHeader.Length..];
        Span<byte> datagram = packet[IPv4Header.MinLength..];
        IPv4Address source = new(_plan.FirstClient.Value + (uint)(flow % _plan.Clients));
        IPv4Header ip = IPv4Header.Create(
            packet, source, _plan.Destination.Address, IpProtocol.Udp, (ushort)packet.Length);
        bool fits = UdpHeader.TryParse(datagram, out UdpHeader udp);
        Debug.Assert(fits, "the plan's frame length was checked");
        udp.SourcePort = (ushort)(_plan.FirstPort + (flow / _plan.Clients));
        udp.DestinationPort = _plan.Destination.Port;
        udp.DatagramLength = (ushort)datagram.Length;
        BinaryPrimitives.WriteInt32BigEndian(frame[PayloadOffset..], flow);
        ushort checksum = InternetChecksum.Compute(
            datagram,
            InternetChecksum.PseudoHeaderSum(source, ip.Destination, IpProtocol.Udp, (ushort)datagram.Length));

        // RFC 768: a computed checksum of zero is sent as all ones.
        udp.Checksum = checksum == 0 ? (ushort)0xFFFF : checksum;
        return new Variation(source, udp.SourcePort, ip.Checksum, udp.Checksum);
    }

    private readonly record struct Variation(
        IPv4Address Source, ushort SourcePort, ushort NetworkChecksum, ushort TransportChecksum);
}
