using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Names for what a gateway may choose as it likes, so that two gateways' choices compare equal: a value that
/// some sender chose is itself, any other is the first, second… of its kind.</summary>
internal sealed class Aliases
{
    private static readonly byte[] External = [203, 0, 113, 1];

    private readonly HashSet<int> _sentPorts = [];
    private readonly HashSet<int> _sentIdentifications = [];
    private readonly Dictionary<int, string> _ports = [];
    private readonly Dictionary<int, string> _identifications = [];

    /// <summary>Remembers what a sender chose.</summary>
    public void Learn(Place from, byte[] packet)
    {
        if (packet.Length < Packets.HeaderLength + 8)
        {
            return;
        }

        _sentIdentifications.Add(Word(packet, 4));
        int start = (packet[0] & 0x0F) * 4;
        bool fromInside = from != Place.Remote;
        if (packet[9] is Packets.TcpProtocol or Packets.UdpProtocol)
        {
            _sentPorts.Add(Word(packet, start));

            // What is sent to the gateway may be of its choice; then it has been seen before.
            int destination = Word(packet, start + 2);
            if (!packet.AsSpan(16, 4).SequenceEqual(External) || !_ports.ContainsKey(destination))
            {
                _sentPorts.Add(destination);
            }
        }
        else if (packet[9] == Packets.IcmpProtocol && fromInside)
        {
            _sentPorts.Add(Word(packet, start + 4));
        }
    }

    /// <summary>Begins a new step: the identifications that were chosen until now mean nothing any more.</summary>
    public void Begin() => _identifications.Clear();

    /// <summary>The name of a port or query identifier.</summary>
    public string Port(int value) => NameOf(value, _sentPorts, _ports, 'P');

    /// <summary>The name of an IPv4 identification.</summary>
    public string Identification(int value) => NameOf(value, _sentIdentifications, _identifications, 'I');

    private static string NameOf(int value, HashSet<int> sent, Dictionary<int, string> names, char letter)
    {
        if (sent.Contains(value))
        {
            return $"{value}";
        }

        if (!names.TryGetValue(value, out string? name))
        {
            name = $"{letter}{names.Count + 1}";
            names.Add(value, name);
        }

        return name;
    }

    private static int Word(byte[] packet, int at)
        => at + 2 <= packet.Length ? BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at)) : 0;
}
