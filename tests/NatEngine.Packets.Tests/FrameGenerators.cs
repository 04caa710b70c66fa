using System;
using CsCheck;
using NatEngine.Packets.Headers;

namespace NatEngine.Packets.Tests;

/// <summary>Frames of every shape that the parser knows, all of them right.</summary>
internal static class FrameGenerators
{
    private static readonly IcmpType[] Queries =
    [
        IcmpType.EchoRequest, IcmpType.EchoReply, IcmpType.TimestampRequest, IcmpType.TimestampReply,
        IcmpType.AddressMaskRequest, IcmpType.AddressMaskReply,
    ];

    private static readonly IcmpType[] Errors =
    [
        IcmpType.DestinationUnreachable, IcmpType.TimeExceeded, IcmpType.ParameterProblem, IcmpType.SourceQuench,
    ];

    private static readonly Gen<byte[]> Payload = Gen.Byte.Array[0, 40];

    private static readonly Gen<byte[]> Options = Gen.Int[0, 10].Select(words => new byte[4 * words]);

    private static readonly Gen<ushort[]> Tags = Gen.OneOf<ushort>(0x8100, 0x88A8).Array[0, 3];

    private static readonly Gen<(IpProtocol, byte[])> Tcp =
        Gen.Select(Gen.UShort, Gen.UShort, Gen.Byte, Gen.Int[0, 10], Payload).Select(
            (source, destination, flags, options, payload)
                => (IpProtocol.Tcp, FrameWriter.Tcp(source, destination, flags, 4 * options, payload)));

    private static readonly Gen<(IpProtocol, byte[])> Udp =
        Gen.Select(Gen.UShort, Gen.UShort, Payload, Gen.OneOf(Gen.Const((ushort)0), Gen.UShort)).Select(
            (source, destination, payload, checksum)
                => (IpProtocol.Udp, FrameWriter.Udp(source, destination, payload, checksum: checksum)));

    private static readonly Gen<(IpProtocol, byte[])> IcmpQuery =
        Gen.Select(Gen.OneOf(Queries), Gen.Byte, Gen.UShort, Payload).Select(
            (type, code, identifier, payload) => (IpProtocol.Icmp, FrameWriter.Icmp(type, code, identifier, payload)));

    private static readonly Gen<(IpProtocol, byte[])> OtherIcmp =
        Gen.Select(Gen.Byte, Payload).Select(
            (type, payload) => (IpProtocol.Icmp, FrameWriter.Icmp((IcmpType)type, payload: payload)));

    private static readonly Gen<(IpProtocol, byte[])> OtherProtocol =
        Gen.Select(Gen.Byte, Payload).Select((protocol, payload) => ((IpProtocol)protocol, payload));

    /// <summary>What an ICMP error embeds: a packet, whole or cut after eight octets of payload or more.</summary>
    private static readonly Gen<byte[]> Embedded =
        Gen.Select(
            Gen.OneOf(Tcp, Udp, IcmpQuery, OtherIcmp, OtherProtocol), Options, Gen.UInt, Gen.UInt, Gen.Int[8, 60])
            .Select((transport, options, source, destination, kept) =>
            {
                byte[] packet = FrameWriter.IPv4(transport.Item1, transport.Item2, source, destination, options);
                return packet[..Math.Min(packet.Length, 20 + options.Length + kept)];
            });

    private static readonly Gen<(IpProtocol, byte[])> IcmpError =
        Gen.Select(Gen.OneOf(Errors), Gen.Byte[0, 15], Gen.UShort, Embedded).Select(
            (type, code, unused, embedded) => (IpProtocol.Icmp, FrameWriter.Icmp(type, code, unused, embedded)));

    private static readonly Gen<ushort> FlagsAndOffset = Gen.Frequency(
        (6, Gen.OneOf<ushort>(0, 0x4000)),
        (1, Gen.Const((ushort)0x2000)),
        (1, Gen.UShort));

    /// <summary>IPv4 frames.</summary>
    internal static readonly Gen<byte[]> IPv4 =
        Gen.Select(
            Gen.Frequency((3, Tcp), (3, Udp), (2, IcmpQuery), (4, IcmpError), (1, OtherIcmp), (1, OtherProtocol)),
            Options,
            FlagsAndOffset,
            Gen.Select(Gen.UInt, Gen.UInt),
            Tags,
            Gen.Int[0, 12]).Select(
                (transport, options, flags, addresses, tags, padding) => FrameWriter.Ethernet(
                    FrameWriter.IPv4(
                        transport.Item1, transport.Item2, addresses.Item1, addresses.Item2, options, flags),
                    padding: padding,
                    tagTypes: tags));

    private static readonly Gen<byte[]> Other =
        Gen.Select(Gen.Bool, Gen.UShort, Tags, Payload).Select((isArp, type, tags, payload) => isArp
            ? FrameWriter.Ethernet(FrameWriter.Arp(), 0x0806, payload.Length, tags)
            : FrameWriter.Ethernet(payload, type, 0, tags));

    /// <summary>Frames of any kind.</summary>
    internal static readonly Gen<byte[]> Any = Gen.Frequency((9, IPv4), (1, Other));

    /// <summary>Frames of any kind with up to four octets changed. In half of them the IPv4 header's checksum is made
    /// right again, so that what is wrong lies deeper.</summary>
    internal static readonly Gen<byte[]> Mutated =
        Gen.Select(Any, Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 4], Gen.Bool).Select(
            (frame, changes, repair) =>
            {
                byte[] mutated = (byte[])frame.Clone();
                foreach ((int place, byte value) in changes)
                {
                    mutated[place % mutated.Length] = value;
                }

                return repair ? RepairIPv4(mutated) : mutated;
            });

    /// <summary>Frames of any kind that end too early.</summary>
    internal static readonly Gen<byte[]> Cut =
        Gen.Select(Any, Gen.Int[0, int.MaxValue]).Select((frame, length) => frame[..(length % frame.Length)]);

    private static byte[] RepairIPv4(byte[] frame)
    {
        int header = Array.IndexOf(frame, (byte)0x08, 12) + 2;
        int length = header < frame.Length ? (frame[header] & 0xF) * 4 : 0;
        if (header < 14 || length < 20 || header + length > frame.Length)
        {
            return frame;
        }

        FrameWriter.WithChecksum(frame[header..(header + length)], 10).CopyTo(frame, header);
        return frame;
    }
}
