using System;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>What web servers send: octets that both ends know without telling each other, and that differ from one
/// request to the next, so that an answer which a NAT gives to the wrong client is not taken for the right
/// one.</summary>
internal static class Content
{
    // A prime: no power of two, as buffers and segments are, falls into step with it.
    private const int Period = 65_521;

    private static readonly byte[] Octets = Create();

    /// <summary>The most that <see cref="At"/> gives at once, in octets.</summary>
    public static int LongestPiece => Period;

    /// <summary>The octets from a position of the answer to a request.</summary>
    /// <param name="token">The number that the request carries; not negative.</param>
    /// <param name="position">Octets of the answer before these.</param>
    /// <param name="length">How many; at most <see cref="LongestPiece"/>.</param>
    public static ReadOnlyMemory<byte> At(int token, long position, int length)
        => Octets.AsMemory((int)((token + position) % Period), length);

    /// <summary>Whether octets are those of a position.</summary>
    public static bool Matches(int token, long position, ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            int length = Math.Min(octets.Length, LongestPiece);
            if (!octets[..length].SequenceEqual(At(token, position, length).Span))
            {
                return false;
            }

            position += length;
            octets = octets[length..];
        }

        return true;
    }

    // Twice the same, so that a piece from any position lies in one go.
    private static byte[] Create()
    {
        byte[] octets = new byte[2 * Period];
        uint state = 1;
        for (int index = 0; index < Period; index++)
        {
            // Numerical Recipes' linear congruential generator; the upper bits are the better ones.
            state = (state * 1_664_525) + 1_013_904_223;
            octets[index] = (byte)(state >> 24);
            octets[index + Period] = octets[index];
        }

        return octets;
    }
}
