using System;
using System.Buffers.Binary;
using System.Net;

namespace NatEngine.Conformance.Wire;

/// <summary>An IPv4 packet as a probe sends it and as it arrives (RFC 791).</summary>
internal sealed record IPv4Packet
{
    /// <summary>IANA's number of ICMP.</summary>
    public const byte Icmp = 1;

    /// <summary>IANA's number of TCP.</summary>
    public const byte Tcp = 6;

    /// <summary>IANA's number of UDP.</summary>
    public const byte Udp = 17;

    private const int HeaderLength = 20;

    public required IPAddress Source { get; init; }

    public required IPAddress Destination { get; init; }

    public required byte Protocol { get; init; }

    public byte TimeToLive { get; init; } = 64;

    public ushort Identification { get; init; }

    public bool DontFragment { get; init; }

    public bool MoreFragments { get; init; }

    /// <summary>Where in the whole payload this fragment's begins, in octets.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>IP options, padded to a multiple of four octets.</summary>
    public byte[] Options { get; init; } = [];

    public byte[] Payload { get; init; } = [];

    /// <summary>The checksum that stands in its header is another than what its octets add up to: a lie told on
    /// purpose, or damage seen.</summary>
    public bool HasBadChecksum { get; init; }

    /// <summary>True if this is a fragment, first, middle or last.</summary>
    public bool IsFragment => MoreFragments || FragmentOffset != 0;

    /// <summary>Length of header and payload, in octets.</summary>
    public int Length => HeaderLength + Options.Length + Payload.Length;

    /// <summary>The source of a TCP segment or UDP datagram.</summary>
    public IPEndPoint From => new(Source, Word(0));

    /// <summary>The destination of a TCP segment or UDP datagram.</summary>
    public IPEndPoint To => new(Destination, Word(2));

    /// <summary>Two octets of the payload as a number; 0 beyond its end.</summary>
    public ushort Word(int at)
        => at + 2 <= Payload.Length ? BinaryPrimitives.ReadUInt16BigEndian(Payload.AsSpan(at)) : (ushort)0;

    /// <summary>The octets that go on the wire behind the Ethernet header.</summary>
    public byte[] ToOctets()
    {
        byte[] octets = new byte[Length];
        int headerLength = HeaderLength + Options.Length;
        octets[0] = (byte)(0x40 | (headerLength / 4));
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), (ushort)octets.Length);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(4), Identification);
        int flags = (DontFragment ? 0x4000 : 0) | (MoreFragments ? 0x2000 : 0) | (FragmentOffset / 8);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(6), (ushort)flags);
        octets[8] = TimeToLive;
        octets[9] = Protocol;
        Source.TryWriteBytes(octets.AsSpan(12), out _);
        Destination.TryWriteBytes(octets.AsSpan(16), out _);
        Options.CopyTo(octets, HeaderLength);
        int checksum = Checksum.Of(octets.AsSpan(0, headerLength)) ^ (HasBadChecksum ? 0x5555 : 0);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(10), (ushort)checksum);
        Payload.CopyTo(octets, headerLength);
        return octets;
    }

    /// <summary>Reads a packet.</summary>
    /// <param name="octets">What is there: an ICMP error embeds packets cut short, a short frame is padded.</param>
    /// <returns>Null if it is no IPv4 packet.</returns>
    public static IPv4Packet? Parse(ReadOnlySpan<byte> octets)
    {
        int headerLength = octets.Length < HeaderLength ? 0 : (octets[0] & 0xF) * 4;
        if (headerLength < HeaderLength || octets[0] >> 4 != 4 || headerLength > octets.Length)
        {
            return null;
        }

        int length = Math.Clamp(BinaryPrimitives.ReadUInt16BigEndian(octets[2..]), headerLength, octets.Length);
        int flags = BinaryPrimitives.ReadUInt16BigEndian(octets[6..]);
        return new IPv4Packet
        {
            Source = new IPAddress(octets.Slice(12, 4)),
            Destination = new IPAddress(octets.Slice(16, 4)),
            Protocol = octets[9],
            TimeToLive = octets[8],
            Identification = BinaryPrimitives.ReadUInt16BigEndian(octets[4..]),
            DontFragment = (flags & 0x4000) != 0,
            MoreFragments = (flags & 0x2000) != 0,
            FragmentOffset = (flags & 0x1FFF) * 8,
            Options = octets[HeaderLength..headerLength].ToArray(),
            Payload = octets[headerLength..length].ToArray(),
            HasBadChecksum = Checksum.Sum(octets[..headerLength]) != 0xFFFF,
        };
    }

    /// <summary>What is wrong with its checksums, which every receiver checks; null if nothing is.</summary>
    public string? Fault()
    {
        if (HasBadChecksum)
        {
            return "its IPv4 header checksum is wrong";
        }

        bool isRight = IsFragment || Protocol switch
        {
            Icmp => Checksum.Sum(Payload) == 0xFFFF,
            Tcp => Checksum.Sum(Payload, Checksum.PseudoHeader(this)) == 0xFFFF,
            Udp => Word(6) == 0 || Checksum.Sum(Payload, Checksum.PseudoHeader(this)) == 0xFFFF,
            _ => true,
        };
        return isRight ? null : "its transport checksum is wrong";
    }
}
