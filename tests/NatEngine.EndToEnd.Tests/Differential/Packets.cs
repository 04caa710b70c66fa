using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>IPv4 packets from nothing, with right checksums. Shares no code with the product.</summary>
internal static class Packets
{
    public const int HeaderLength = 20;
    public const byte IcmpProtocol = 1;
    public const byte TcpProtocol = 6;
    public const byte UdpProtocol = 17;

    public static byte[] Udp(string from, string to, byte[]? payload = null, HeaderFields? fields = null)
    {
        payload ??= "payload"u8.ToArray();
        byte[] datagram = [.. Ports(from, to), .. Word(8 + payload.Length), 0, 0, .. payload];
        return Finished(from, to, UdpProtocol, datagram, checksumAt: 6, fields);
    }

    public static byte[] Tcp(
        string from,
        string to,
        TcpControl control,
        uint sequence,
        uint acknowledgment = 0,
        byte[]? payload = null,
        byte[]? options = null,
        HeaderFields? fields = null)
    {
        options ??= [];
        byte[] segment =
        [
            .. Ports(from, to), .. Long(sequence), .. Long(acknowledgment),
            (byte)((HeaderLength + options.Length) / 4 << 4), (byte)control, .. Word(8192), 0, 0, 0, 0,
            .. options, .. payload ?? [],
        ];
        return Finished(from, to, TcpProtocol, segment, checksumAt: 16, fields);
    }

    /// <summary>An ICMP message; <paramref name="rest"/> is the second word of its header.</summary>
    public static byte[] Icmp(
        string from, string to, byte type, byte code, uint rest, byte[]? body = null, HeaderFields? fields = null)
    {
        byte[] message = [type, code, 0, 0, .. Long(rest), .. body ?? []];
        Write(message, 2, Checksum(message, 0));
        return Raw(from, to, IcmpProtocol, message, fields);
    }

    public static byte[] Echo(string from, string to, ushort identifier, byte type = 8, HeaderFields? fields = null)
        => Icmp(from, to, type, 0, ((uint)identifier << 16) | 1, "abcdefgh"u8.ToArray(), fields);

    /// <summary>An ICMP error about a packet, of which it embeds so many octets.</summary>
    public static byte[] Error(
        string from,
        string to,
        byte[] about,
        byte type = 3,
        byte code = 3,
        uint rest = 0,
        int octets = 28,
        HeaderFields? fields = null)
        => Icmp(from, to, type, code, rest, about[..Math.Min(octets, about.Length)], fields);

    /// <summary>A packet of any protocol.</summary>
    public static byte[] Raw(string from, string to, byte protocol, byte[] payload, HeaderFields? fields = null)
    {
        fields ??= HeaderFields.Default;
        int headerLength = HeaderLength + fields.Options.Length;
        byte[] packet =
        [
            (byte)(0x40 | (headerLength / 4)), fields.TypeOfService, .. Word(headerLength + payload.Length),
            .. Word(fields.Identification), .. Word(fields.Fragmentation), fields.TimeToLive, protocol, 0, 0,
            .. End(from).Address.GetAddressBytes(), .. End(to).Address.GetAddressBytes(), .. fields.Options, .. payload,
        ];
        Write(packet, 10, Checksum(packet.AsSpan(0, headerLength), 0));
        return packet;
    }

    /// <summary>The same packet cut: each piece begins at one of <paramref name="cuts"/>, the first at 0.</summary>
    public static byte[][] Fragments(byte[] packet, params int[] cuts)
    {
        byte[] header = packet[..HeaderLength];
        byte[] payload = packet[HeaderLength..];
        int[] begins = [0, .. cuts];
        return [.. begins.Select((begin, index) =>
            Fragment(header, payload, begin, index < cuts.Length ? cuts[index] : payload.Length))];
    }

    /// <summary>The octets of a packet from <paramref name="begin"/> to <paramref name="end"/> as a fragment.</summary>
    public static byte[] Fragment(byte[] header, byte[] payload, int begin, int end)
    {
        byte[] fragment = [.. header[..HeaderLength], .. payload[begin..end]];
        Write(fragment, 2, fragment.Length);
        Write(fragment, 6, (end < payload.Length ? 0x2000 : 0) | (begin / 8));
        return Rechecked(fragment);
    }

    /// <summary>The packet with an octet of its header other than it was, and the header's checksum right.</summary>
    public static byte[] Rechecked(byte[] packet, int at = 0, byte? octet = null)
    {
        byte[] changed = [.. packet];
        changed[at] = octet ?? changed[at];
        Write(changed, 10, 0);
        Write(changed, 10, Checksum(changed.AsSpan(0, HeaderLength), 0));
        return changed;
    }

    /// <summary>The packet with an octet other than it was, and no checksum right that covers it.</summary>
    public static byte[] Damaged(byte[] packet, int at)
    {
        byte[] changed = [.. packet];
        changed[at] ^= 0x5A;
        return changed;
    }

    /// <summary>RFC 1071, octet by octet.</summary>
    public static int Checksum(ReadOnlySpan<byte> octets, long sum)
    {
        for (int index = 0; index < octets.Length; index++)
        {
            sum += (index & 1) == 0 ? octets[index] << 8 : octets[index];
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (int)(~sum & 0xFFFF);
    }

    /// <summary>What the pseudo-header adds to a checksum.</summary>
    public static long PseudoHeader(ReadOnlySpan<byte> addresses, byte protocol, int length)
        => (~Checksum(addresses, 0) & 0xFFFF) + protocol + length;

    public static IPEndPoint End(string text) => IPEndPoint.Parse(text);

    public static byte[] Word(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Long(uint value) => [.. Word((int)(value >> 16)), .. Word((int)(value & 0xFFFF))];

    private static byte[] Finished(
        string from, string to, byte protocol, byte[] payload, int checksumAt, HeaderFields? fields)
    {
        byte[] addresses = [.. End(from).Address.GetAddressBytes(), .. End(to).Address.GetAddressBytes()];
        int checksum = Checksum(payload, PseudoHeader(addresses, protocol, payload.Length));
        Write(payload, checksumAt, checksum == 0 && protocol == UdpProtocol ? 0xFFFF : checksum);
        return Raw(from, to, protocol, payload, fields);
    }

    private static IEnumerable<byte> Ports(string from, string to) => [.. Word(End(from).Port), .. Word(End(to).Port)];

    private static void Write(Span<byte> octets, int at, int value)
        => BinaryPrimitives.WriteUInt16BigEndian(octets[at..], (ushort)value);
}
