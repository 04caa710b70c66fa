using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>A packet as fields to compare. Checksums are not numbers but right or wrong.</summary>
internal sealed class Description
{
    private const int EmbeddedErrors = 2; // an error about an error is described, what that is about is not

    private readonly Dictionary<string, string> _fields = [];
    private readonly Aliases _aliases;

    private Description(Aliases aliases) => _aliases = aliases;

    /// <summary>The fields by name.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>Describes a packet.</summary>
    public static Description Of(Emerged emerged, Aliases aliases)
    {
        Description description = new(aliases);
        description.Add("at", emerged.At.ToString());
        description.Add("trailer", emerged.Trailer);
        description.Network(emerged.Packet, string.Empty);
        return description;
    }

    /// <summary>In a few words.</summary>
    public override string ToString()
    {
        string what = _fields.GetValueOrDefault("protocol") switch
        {
            "1" when _fields.ContainsKey("type") => $"icmp {_fields["type"]}/{_fields["code"]}",
            "6" => $"tcp {_fields.GetValueOrDefault("control")}",
            "17" => "udp",
            string protocol => $"protocol {protocol}",
            null => "?",
        };
        string fragment = _fields["fragment"] is "0x0000" or "0x4000" ? string.Empty : $" {_fields["fragment"]}";
        return $"{_fields["at"]}: {what}{fragment}";
    }

    private void Network(ReadOnlySpan<byte> packet, string prefix)
    {
        int start = (packet[0] & 0x0F) * 4;
        Add($"{prefix}version", packet[0]);
        Add($"{prefix}tos", packet[1]);
        Add($"{prefix}length", Word(packet, 2));
        Add($"{prefix}identification", _aliases.Identification(Word(packet, 4)));
        Add($"{prefix}fragment", $"0x{Word(packet, 6):x4}");
        Add($"{prefix}ttl", packet[8]);
        Add($"{prefix}protocol", packet[9]);
        Add($"{prefix}header checksum", Packets.Checksum(packet[..start], 0) == 0 ? "right" : "wrong");
        Add($"{prefix}source", new IPAddress(packet.Slice(12, 4)).ToString());
        Add($"{prefix}destination", new IPAddress(packet.Slice(16, 4)).ToString());
        Add($"{prefix}options", Convert.ToHexStringLower(packet[Packets.HeaderLength..start]));
        Add($"{prefix}octets", packet.Length);
        bool isLater = (Word(packet, 6) & 0x1FFF) != 0;
        ReadOnlySpan<byte> transport = packet[start..];
        if (isLater || transport.Length < 8)
        {
            Payload(transport, prefix);
            return;
        }

        Transport(packet[9], packet.Slice(12, 8), transport, Word(packet, 2) - start, prefix);
    }

    private void Transport(
        byte protocol, ReadOnlySpan<byte> addresses, ReadOnlySpan<byte> transport, int length, string prefix)
    {
        bool complete = transport.Length == length;
        switch (protocol)
        {
            case Packets.UdpProtocol:
                Ports(transport, prefix);
                Add($"{prefix}udp length", Word(transport, 4));
                string verdict = Verdict(addresses, transport, protocol, complete);
                Add($"{prefix}checksum", Word(transport, 6) == 0 ? "none" : verdict);
                Payload(transport[8..], prefix);
                break;
            case Packets.TcpProtocol when transport.Length >= Packets.HeaderLength:
                Ports(transport, prefix);
                Add($"{prefix}numbers", Convert.ToHexStringLower(transport[4..12]));
                Add($"{prefix}control", $"0x{Word(transport, 12):x4}");
                Add($"{prefix}window", Word(transport, 14));
                Add($"{prefix}urgent", Word(transport, 18));
                Add($"{prefix}checksum", Verdict(addresses, transport, protocol, complete));
                Payload(transport[Packets.HeaderLength..], prefix);
                break;
            case Packets.TcpProtocol:
                Ports(transport, prefix);
                Payload(transport[4..], prefix);
                break;
            case Packets.IcmpProtocol:
                Icmp(transport, complete, prefix);
                break;
            default:
                Payload(transport, prefix);
                break;
        }
    }

    private void Icmp(ReadOnlySpan<byte> message, bool complete, string prefix)
    {
        byte type = message[0];
        Add($"{prefix}type", type);
        Add($"{prefix}code", message[1]);
        Add($"{prefix}checksum", complete ? Packets.Checksum(message, 0) == 0 ? "right" : "wrong" : "unknown");
        bool isError = type is 3 or 4 or 5 or 11 or 12;
        bool embeds = message.Length >= 8 + Packets.HeaderLength && (message[8] >> 4) == 4
            && message.Length >= 8 + ((message[8] & 0x0F) * 4);
        if (isError && embeds && prefix.Length < EmbeddedErrors * "about ".Length)
        {
            Add($"{prefix}rest", Convert.ToHexStringLower(message[4..8]));
            Network(message[8..], $"{prefix}about ");
            return;
        }

        Add($"{prefix}identifier", isError ? $"{Word(message, 4)}" : _aliases.Port(Word(message, 4)));
        Add($"{prefix}sequence", Word(message, 6));
        Payload(message[8..], prefix);
    }

    // That of an embedded packet of which not all is there cannot be told.
    private static string Verdict(
        ReadOnlySpan<byte> addresses, ReadOnlySpan<byte> transport, byte protocol, bool complete)
    {
        long pseudo = Packets.PseudoHeader(addresses, protocol, transport.Length);
        return !complete ? "unknown" : Packets.Checksum(transport, pseudo) == 0 ? "right" : "wrong";
    }

    private void Ports(ReadOnlySpan<byte> transport, string prefix)
    {
        Add($"{prefix}source port", _aliases.Port(Word(transport, 0)));
        Add($"{prefix}destination port", _aliases.Port(Word(transport, 2)));
    }

    private void Payload(ReadOnlySpan<byte> payload, string prefix) => Add(
        $"{prefix}payload",
        payload.Length <= 16
            ? Convert.ToHexStringLower(payload)
            : Convert.ToHexStringLower(SHA256.HashData(payload).AsSpan(0, 8)));

    private void Add(string field, object value) => _fields.Add(field, $"{value}");

    private static int Word(ReadOnlySpan<byte> octets, int at)
        => BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);
}
