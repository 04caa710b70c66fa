using System;

namespace NatEngine.Packets.Headers;

/// <summary>Reads what stands between a TCP header and its payload (RFC 9293 section 3.1).</summary>
internal static class TcpOptions
{
    private const byte EndOfList = 0;
    private const byte NoOperation = 1;
    private const byte WindowScale = 3;
    private const int WindowScaleLength = 3;

    /// <summary>RFC 7323 section 2.3: more than this is taken for this.</summary>
    private const byte LargestShift = 14;

    /// <summary>Finds the window scale option (RFC 7323 section 2.2).</summary>
    /// <param name="options">The options, of a segment with SYN: in others this one means nothing.</param>
    /// <returns>By how many bits the sender's windows will be shifted; null if it does not scale, or its options
    /// cannot be read up to there.</returns>
    internal static byte? FindWindowScale(ReadOnlySpan<byte> options)
    {
        while (!options.IsEmpty && options[0] != EndOfList)
        {
            if (options[0] == NoOperation)
            {
                options = options[1..];
                continue;
            }

            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length)
            {
                return null;
            }

            if (options[0] == WindowScale && options[1] == WindowScaleLength)
            {
                return Math.Min(options[2], LargestShift);
            }

            options = options[options[1]..];
        }

        return null;
    }
}
