using System;
using System.Diagnostics;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>A game's server: sends back what it gets, with the time at which it got it.</summary>
internal static class GameService
{
    /// <summary>Makes a datagram into its answer, in place.</summary>
    /// <returns>The answer's length; 0 for what is too short to be of the game.</returns>
    public static int Answer(byte[] buffer, int length)
    {
        if (length < GameDatagram.MinLength)
        {
            return 0;
        }

        GameDatagram.Stamp(buffer.AsSpan(0, length), Stopwatch.GetTimestamp());
        return length;
    }
}
