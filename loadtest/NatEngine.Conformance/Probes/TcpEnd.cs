using System.Net;
using System.Security.Cryptography;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>A TCP port of a host, one segment at a time.</summary>
internal sealed class TcpEnd(WireHost host, int port)
{
    public WireHost Host => host;

    public IPEndPoint Local { get; } = new(host.Address, port);

    /// <summary>The sequence number of what is sent next.</summary>
    public uint Next { get; set; } = (uint)RandomNumberGenerator.GetInt32(1 << 30);

    /// <summary>Sends a segment.</summary>
    public IPv4Packet Send(IPEndPoint to, byte flags, uint acknowledgment = 0, byte[]? content = null)
    {
        IPv4Packet segment = TcpPacket.Create(Local, to, flags, Next, acknowledgment, content ?? []);
        Next += (uint)(content?.Length ?? 0) + ((flags & (TcpPacket.Syn | TcpPacket.Fin)) != 0 ? 1u : 0);
        host.Send(segment);
        return segment;
    }

    /// <summary>Receives a segment that was sent.</summary>
    public IPv4Packet Receive(IPv4Packet sent) => host.Receive(
        $"the {Kind(sent)} from {sent.From} to {sent.To}", packet => IsFor(packet, sent));

    /// <summary>Makes sure that a segment that was sent has not come; after <see cref="Scene.Settle"/>.</summary>
    public void HasNot(IPv4Packet sent) => host.HasNot(
        $"the {Kind(sent)} from {sent.From} to {sent.To}", packet => IsFor(packet, sent));

    /// <summary>Whether a packet is a segment that was sent, and addressed to this port.</summary>
    public bool IsFor(IPv4Packet packet, IPv4Packet sent)
        => packet.Protocol == IPv4Packet.Tcp
            && packet.To.Equals(Local)
            && TcpPacket.Sequence(packet) == TcpPacket.Sequence(sent)
            && TcpPacket.Flags(packet) == TcpPacket.Flags(sent);

    private static string Kind(IPv4Packet segment) => TcpPacket.Flags(segment) switch
    {
        TcpPacket.Syn => "SYN",
        TcpPacket.Syn | TcpPacket.Ack => "SYN-ACK",
        byte flags when (flags & TcpPacket.Rst) != 0 => "RST",
        byte flags when (flags & TcpPacket.Fin) != 0 => "FIN",
        _ => "segment",
    };
}
