using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NatEngine.EndToEnd.Tests.Harness;

/// <summary>Octets that look like chance and are the same each time: what a file holds, by where in it one
/// looks.</summary>
internal static class Content
{
    /// <summary>Octets made at a time.</summary>
    public const int BlockLength = 1 << 16;

    /// <summary>Fills a block with the content of a file.</summary>
    /// <param name="seed">Which file.</param>
    /// <param name="block">The number of the block in the file.</param>
    /// <param name="octets">At most <see cref="BlockLength"/> octets, a multiple of eight.</param>
    public static void Fill(int seed, long block, Span<byte> octets)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(octets);
        ulong state = ((ulong)(uint)seed << 40) + ((ulong)block * (BlockLength / sizeof(ulong)));
        for (int i = 0; i < words.Length; i++)
        {
            // SplitMix64 (Steele, Lea, Flood 2014).
            ulong z = ++state * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            words[i] = z ^ (z >> 31);
        }
    }

    /// <summary>The SHA-256 of a file, in the letters of sha256sum.</summary>
    public static string Hash(int seed, long length)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] octets = new byte[BlockLength];
        for (long block = 0; block * BlockLength < length; block++)
        {
            Fill(seed, block, octets);
            hash.AppendData(octets, 0, (int)Math.Min(BlockLength, length - (block * BlockLength)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
