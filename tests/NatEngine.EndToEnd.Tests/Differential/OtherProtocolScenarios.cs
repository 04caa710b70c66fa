using System;
using System.Collections.Generic;
using System.Numerics;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Protocols without ports, or whose ports nobody here translates.</summary>
internal static class OtherProtocolScenarios
{
    private const byte Gre = 47;
    private const byte Esp = 50;
    private const byte Ah = 51;
    private const byte Dccp = 33;
    private const byte Sctp = 132;

    // RFC 3692: for experiments.
    private const byte Experiment = 253;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("esp", talk => Exchange(talk, Esp)),
        new("gre", talk => Exchange(talk, Gre)),
        new("protocol 253", talk => Exchange(talk, Experiment)),
        new("sctp", ExchangeSctp),
        new("dccp", talk => Exchange(talk, Dccp)),
        new("ah", talk => Exchange(talk, Ah)),
    ];

    private static void ExchangeSctp(Conversation talk)
    {
        string client = Conversation.ClientAddress;
        byte[] value = [0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1]; // tag, window, streams, first number
        byte[] init = SctpChunk(talk.Port(0), 7000, tag: 0, type: 1, value);
        talk.FromClient("INIT", Packets.Raw(client, talk.ServerAddress, Sctp, init));
        talk.FromRemote("ABORT", Packets.Raw(
            talk.ServerAddress, Conversation.External, Sctp, SctpChunk(7000, talk.Port(0), tag: 1, 6, [])));
        talk.FromClient("wrong checksum", Packets.Damaged(
            Packets.Raw(client, talk.ServerAddress, Sctp, init), at: 30));
    }

    // RFC 9260 section 3: common header with CRC-32c, one chunk.
    private static byte[] SctpChunk(int from, int to, uint tag, byte type, byte[] value)
    {
        byte[] packet =
        [
            .. Packets.Word(from), .. Packets.Word(to), .. Packets.Long(tag), 0, 0, 0, 0,
            type, 0, .. Packets.Word(4 + value.Length), .. value,
        ];
        uint checksum = 0xFFFF_FFFF;
        foreach (byte octet in packet)
        {
            checksum = BitOperations.Crc32C(checksum, octet);
        }

        BitConverter.TryWriteBytes(packet.AsSpan(8), ~checksum); // least significant octet first
        return packet;
    }

    private static void Exchange(Conversation talk, byte protocol)
    {
        byte[] payload = [.. Packets.Word(talk.Port(0)), .. Packets.Word(7000), .. new byte[28]];
        byte[] back = [.. Packets.Word(7000), .. Packets.Word(talk.Port(0)), .. new byte[28]];
        talk.FromClient("out", Packets.Raw(Conversation.ClientAddress, talk.ServerAddress, protocol, payload));
        talk.FromRemote("in", Packets.Raw(talk.ServerAddress, Conversation.External, protocol, back));
        talk.FromNeighbour("neighbour out", Packets.Raw(
            Conversation.NeighbourAddress, talk.ServerAddress, protocol, payload));
        talk.FromNeighbour("neighbour elsewhere", Packets.Raw(
            Conversation.NeighbourAddress, talk.OtherServerAddress, protocol, payload));
        talk.FromRemote("in again", Packets.Raw(talk.ServerAddress, Conversation.External, protocol, back));
        talk.FromRemote("unreachable", Packets.Error(
            talk.ServerAddress,
            Conversation.External,
            Packets.Raw(Conversation.External, talk.ServerAddress, protocol, payload),
            3,
            2));
        talk.FromRemote("from a stranger", Packets.Raw("198.51.100.251", Conversation.External, protocol, back));
    }
}
