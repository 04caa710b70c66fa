using System;
using System.Buffers.Binary;
using System.Net;

namespace NatEngine.EndToEnd.Tests.Wire;

/// <summary>A frame as it came off a link, and what the kernel said of it (<c>struct virtio_net_hdr</c>).</summary>
/// <param name="Octets">The frame from its Ethernet header on.</param>
/// <param name="ChecksumStart">Where somebody further on was to start summing; null if the frame is complete.</param>
/// <param name="ChecksumOffset">Where, from there, the sum was to go.</param>
/// <param name="IsSuperFrame">True if it stands for several segments.</param>
internal sealed record CapturedFrame(byte[] Octets, int? ChecksumStart, int ChecksumOffset, bool IsSuperFrame)
{
    /// <summary>Length of an Ethernet header, in octets.</summary>
    public const int EthernetLength = 14;

    private const int EtherTypeIPv4 = 0x0800;

    /// <summary>True if it carries IPv4.</summary>
    public bool IsIPv4 => Octets.Length >= EthernetLength + 20 && Word(12) == EtherTypeIPv4;

    /// <summary>Where the transport header starts.</summary>
    public int TransportStart => EthernetLength + ((Octets[EthernetLength] & 0x0F) * 4);

    /// <summary>Where the IPv4 packet ends: a short frame is padded beyond that.</summary>
    public int PacketEnd => EthernetLength + Word(EthernetLength + 2);

    /// <summary>The IPv4 protocol number.</summary>
    public int Protocol => Octets[EthernetLength + 9];

    /// <summary>The IPv4 source address.</summary>
    public IPAddress Source => new(Octets.AsSpan(EthernetLength + 12, 4));

    /// <summary>The IPv4 destination address.</summary>
    public IPAddress Destination => new(Octets.AsSpan(EthernetLength + 16, 4));

    /// <summary>The source port of TCP or UDP.</summary>
    public int SourcePort => Word(TransportStart);

    /// <summary>The destination port of TCP or UDP.</summary>
    public int DestinationPort => Word(TransportStart + 2);

    /// <summary>Two octets as a number.</summary>
    public int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(Octets.AsSpan(at));

    public override string ToString()
    {
        string start = Convert.ToHexString(Octets.AsSpan(0, Math.Min(Octets.Length, 64)));
        return IsIPv4
            ? $"{Source} > {Destination} protocol {Protocol} length {Octets.Length}: {start}"
            : $"length {Octets.Length}: {start}";
    }
}
