using System;
using System.Buffers.Text;

namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>The head of an HTTP/1.1 answer, as far as a load tester asks (RFC 9112).</summary>
/// <param name="Status">The status code.</param>
/// <param name="HeadLength">Octets of the head, its empty line included.</param>
/// <param name="ContentLength">Octets of content that follow; -1 if the head does not say.</param>
internal readonly record struct HttpAnswer(int Status, int HeadLength, long ContentLength)
{
    /// <summary>Whether octets hold a whole head.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> octets) => octets.IndexOf("\r\n\r\n"u8) >= 0;

    /// <summary>Reads a head.</summary>
    /// <returns>False if it is not whole, or not HTTP/1.1.</returns>
    public static bool TryParse(ReadOnlySpan<byte> octets, out HttpAnswer answer)
    {
        answer = default;
        int end = octets.IndexOf("\r\n\r\n"u8);
        if (end < 0
            || !octets.StartsWith("HTTP/1.1 "u8)
            || !Utf8Parser.TryParse(octets["HTTP/1.1 "u8.Length..end], out int status, out int digits)
            || digits != 3)
        {
            return false;
        }

        answer = new HttpAnswer(status, end + 4, LengthIn(octets[..(end + 2)]));
        return true;
    }

    private static long LengthIn(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "content-length:"u8;
        for (int start = head.IndexOf("\r\n"u8) + 2; start < head.Length;)
        {
            ReadOnlySpan<byte> line = head[start..(start + head[start..].IndexOf("\r\n"u8))];
            if (line.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                ReadOnlySpan<byte> value = line[name.Length..].Trim((byte)' ');
                return Utf8Parser.TryParse(value, out long length, out int read) && read == value.Length ? length : -1;
            }

            start += line.Length + 2;
        }

        return -1;
    }
}
