using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace NatEngine.Host;

/// <summary>Writes a line of text into octets that the caller gives, piece by piece and without allocating.</summary>
internal static class Utf8Line
{
    /// <summary>Adds a piece.</summary>
    /// <param name="rest">The octets behind what is written; long enough for the longest line.</param>
    /// <param name="length">How many octets are written.</param>
    /// <param name="text">The piece.</param>
    public static void Add(
        Span<byte> rest,
        ref int length,
        [InterpolatedStringHandlerArgument(nameof(rest))] ref Utf8.TryWriteInterpolatedStringHandler text)
    {
        bool fits = Utf8.TryWrite(rest, ref text, out int written);
        Debug.Assert(fits, "the caller gives room for the longest line");
        length += written;
    }
}
