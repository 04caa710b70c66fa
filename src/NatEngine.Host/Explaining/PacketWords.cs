using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules;

namespace NatEngine.Host.Explaining;

/// <summary>Reads a packet that is meant: <c>tcp 100.64.0.5:40000 198.51.100.7:443</c>.</summary>
internal static class PacketWords
{
    private const ushort AnyIdentifier = 1;

    /// <summary>Reads it.</summary>
    /// <param name="words">The protocol and both ends; of ICMP, which is an echo request, an identifier too.</param>
    /// <param name="tuple">The packet.</param>
    /// <param name="fault">The word that is wrong and what it must be; null if none is.</param>
    internal static bool TryRead(
        IReadOnlyList<string> words, out FlowTuple tuple, [NotNullWhen(false)] out string? fault)
    {
        tuple = default;
        if (words.Count == 0)
        {
            fault = "which packet? Such as: explain tcp 100.64.0.5:40000 198.51.100.7:443";
            return false;
        }

        if (!ProtocolNames.TryParse(words[0], out IpProtocol protocol) || protocol == IpProtocol.None)
        {
            fault = $"'{words[0]}': must be a protocol: tcp, udp, icmp, another name or a number from 1 to 255";
            return false;
        }

        bool isQuery = protocol == IpProtocol.Icmp;
        if (words.Count < 3 || words.Count > (isQuery ? 4 : 3))
        {
            fault = $"{words[0]} needs a source and a destination{(isQuery ? ", and may have an identifier" : "")}";
            return false;
        }

        bool hasPorts = protocol is IpProtocol.Tcp or IpProtocol.Udp;
        if (!TryReadEnd(words[1], hasPorts, out TransportAddress source, out fault)
            || !TryReadEnd(words[2], hasPorts, out TransportAddress destination, out fault))
        {
            return false;
        }

        tuple = new FlowTuple(source, destination, protocol);
        return !isQuery || TryReadIdentifier(words, ref tuple, out fault);
    }

    private static bool TryReadEnd(
        string word, bool hasPort, out TransportAddress end, [NotNullWhen(false)] out string? fault)
    {
        fault = null;
        if (hasPort)
        {
            fault = TransportAddress.TryParse(word, out end)
                ? null
                : $"'{word}': must be ADDRESS:PORT, such as 198.51.100.7:443";
            return fault is null;
        }

        bool isAddress = IPv4Address.TryParse(word, out IPv4Address address);
        end = new TransportAddress(address, 0);
        fault = isAddress ? null : $"'{word}': must be an address without a port, such as 198.51.100.7";
        return isAddress;
    }

    private static bool TryReadIdentifier(
        IReadOnlyList<string> words, ref FlowTuple tuple, [NotNullWhen(false)] out string? fault)
    {
        ushort identifier = AnyIdentifier;
        fault = words.Count < 4
            || ushort.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out identifier)
                ? null
                : $"'{words[3]}': must be an identifier from 0 to 65535";
        tuple = new FlowTuple(
            new TransportAddress(tuple.Source.Address, identifier),
            new TransportAddress(tuple.Destination.Address, (int)IcmpType.EchoRequest << 8),
            IpProtocol.Icmp);
        return fault is null;
    }
}
