using System;
using System.Buffers.Binary;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests;

/// <summary>Writes frames octet by octet, without the header views that are under test.</summary>
internal static class FrameWriter
{
    internal const uint Client = 0x6440_0005; // 100.64.0.5
    internal const uint Server = 0xC633_6407; // 198.51.100.7

    internal static byte[] Ethernet(byte[] payload, ushort type = 0x0800, int padding = 0, params ushort[] tagTypes)
    {
        byte[] frame = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
        foreach (ushort tagType in tagTypes)
        {
            frame = [.. frame, .. Word(tagType), 0x20, 0x64]; // priority 1, VLAN 100
        }

        return [.. frame, .. Word(type), .. payload, .. new byte[padding]];
    }

    internal static byte[] IPv4(
        IpProtocol protocol,
        byte[] payload,
        uint source = Client,
        uint destination = Server,
        byte[]? options = null,
        ushort flagsAndOffset = 0,
        ushort? totalLength = null)
    {
        options ??= [];
        int headerLength = 20 + options.Length;
        byte[] header = new byte[headerLength];
        header[0] = (byte)(0x40 | (headerLength / 4));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), totalLength ?? (ushort)(headerLength + payload.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), 0xBEEF);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), flagsAndOffset);
        header[8] = 63;
        header[9] = (byte)protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(12), source);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), destination);
        options.CopyTo(header, 20);
        return [.. WithChecksum(header, 10), .. payload];
    }

    internal static byte[] Tcp(
        ushort sourcePort = 40000,
        ushort destinationPort = 443,
        byte flags = 0x02,
        int options = 0,
        byte[]? payload = null)
    {
        byte[] header = new byte[20 + options];
        BinaryPrimitives.WriteUInt16BigEndian(header, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), 0x0102_0304);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), 0xA1B2_C3D4);
        header[12] = (byte)((header.Length / 4) << 4);
        header[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), 0xFAF0);
        header.AsSpan(20).Fill(1); // no-operation
        return [.. header, .. payload ?? []];
    }

    internal static byte[] Udp(
        ushort sourcePort = 40000,
        ushort destinationPort = 53,
        byte[]? payload = null,
        ushort? length = null,
        ushort checksum = 0)
    {
        payload ??= [];
        return
        [
            .. Word(sourcePort), .. Word(destinationPort), .. Word(length ?? (ushort)(8 + payload.Length)),
            .. Word(checksum), .. payload,
        ];
    }

    internal static byte[] Icmp(IcmpType type, byte code = 0, ushort identifier = 0x1234, byte[]? payload = null)
        => WithChecksum([(byte)type, code, 0, 0, .. Word(identifier), 0, 1, .. payload ?? []], 2);

    internal static byte[] Arp(
        ushort hardware = 1, ushort protocol = 0x0800, byte hardwareLength = 6, byte protocolLength = 4)
        =>
        [
            .. Word(hardware), .. Word(protocol), hardwareLength, protocolLength, 0, 1,
            2, 0, 0, 0, 0, 1, 100, 64, 0, 5, 0, 0, 0, 0, 0, 0, 100, 64, 0, 1,
        ];

    /// <summary>Writes the right checksum of <paramref name="octets"/> into them.</summary>
    internal static byte[] WithChecksum(byte[] octets, int offset)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(offset), 0);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(offset), ReferenceChecksum.Of(octets));
        return octets;
    }

    /// <summary>Pseudo-header of TCP and UDP (RFC 9293 section 3.1).</summary>
    internal static byte[] PseudoHeader(uint source, uint destination, IpProtocol protocol, int length)
    {
        byte[] header = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(header, source);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), destination);
        header[9] = (byte)protocol;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)length);
        return header;
    }

    internal static byte[] Word(ushort value) => [(byte)(value >> 8), (byte)value];
}
