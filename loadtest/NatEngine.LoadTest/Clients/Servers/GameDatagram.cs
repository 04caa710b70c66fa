using System;
using System.Buffers.Binary;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>What games send: who, which, and when it was sent and received.</summary>
/// <param name="Client">The client's number.</param>
/// <param name="Sequence">Which of the client's datagrams.</param>
/// <param name="Sent">When the client sent it: a <see cref="System.Diagnostics.Stopwatch"/> timestamp.</param>
/// <param name="Received">When the server received it; 0 until it has. Both ends read CLOCK_MONOTONIC, which one kernel
/// keeps for all its namespaces: between two machines a one-way time means nothing.</param>
internal readonly record struct GameDatagram(int Client, int Sequence, long Sent, long Received)
{
    /// <summary>The shortest datagram, in octets of payload.</summary>
    public const int MinLength = 24;

    private const int ReceivedOffset = 16;

    /// <summary>Reads a datagram.</summary>
    /// <returns>False if it is too short to be one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> octets, out GameDatagram datagram)
    {
        datagram = octets.Length < MinLength
            ? default
            : new GameDatagram(
                BinaryPrimitives.ReadInt32BigEndian(octets),
                BinaryPrimitives.ReadInt32BigEndian(octets[4..]),
                BinaryPrimitives.ReadInt64BigEndian(octets[8..]),
                BinaryPrimitives.ReadInt64BigEndian(octets[ReceivedOffset..]));
        return octets.Length >= MinLength;
    }

    /// <summary>Stamps a datagram with when it was received.</summary>
    public static void Stamp(Span<byte> octets, long received)
        => BinaryPrimitives.WriteInt64BigEndian(octets[ReceivedOffset..], received);

    /// <summary>Writes the datagram; what follows it in <paramref name="octets"/> stays.</summary>
    public void Write(Span<byte> octets)
    {
        BinaryPrimitives.WriteInt32BigEndian(octets, Client);
        BinaryPrimitives.WriteInt32BigEndian(octets[4..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(octets[8..], Sent);
        Stamp(octets, Received);
    }
}
