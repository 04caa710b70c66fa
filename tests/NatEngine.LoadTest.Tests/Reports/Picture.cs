using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace NatEngine.LoadTest.Tests.Reports;

/// <summary>Counts the colours of a screenshot: a PNG of 8 bits a channel, not interlaced, as browsers write it (RFC
/// 2083).</summary>
internal static class Picture
{
    private const int SignatureLength = 8;
    private const int TrueColor = 2;
    private const int TrueColorWithAlpha = 6;

    /// <summary>How often each colour, 0xRRGGBB, is there.</summary>
    public static Dictionary<int, int> Colors(byte[] png)
    {
        ReadOnlySpan<byte> header = png.AsSpan(SignatureLength + 8);
        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        Assert.Equal(8, header[8]);
        Assert.Contains((int)header[9], new[] { TrueColor, TrueColorWithAlpha });
        int depth = header[9] == TrueColor ? 3 : 4;
        using ZLibStream pixels = new(new MemoryStream(ImageData(png)), CompressionMode.Decompress);
        byte[] above = new byte[width * depth];
        byte[] line = new byte[width * depth];
        Dictionary<int, int> colors = [];
        for (int y = 0; y < height; y++)
        {
            int filter = pixels.ReadByte();
            pixels.ReadExactly(line);
            Unfilter(filter, line, above, depth);
            for (int x = 0; x < line.Length; x += depth)
            {
                int color = (line[x] << 16) | (line[x + 1] << 8) | line[x + 2];
                colors[color] = colors.GetValueOrDefault(color) + 1;
            }

            (above, line) = (line, above);
        }

        return colors;
    }

    private static byte[] ImageData(byte[] png)
    {
        using MemoryStream data = new();
        for (int at = SignatureLength; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(png, at + 8, length);
            }

            at += 12 + length;
        }

        return data.ToArray();
    }

    // RFC 2083 section 6: each octet is a difference from its neighbours.
    private static void Unfilter(int filter, byte[] line, byte[] above, int depth)
    {
        for (int x = 0; x < line.Length; x++)
        {
            int left = x < depth ? 0 : line[x - depth];
            int corner = x < depth ? 0 : above[x - depth];
            line[x] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => above[x],
                3 => (left + above[x]) / 2,
                4 => Paeth(left, above[x], corner),
                _ => throw new InvalidDataException($"filter {filter}"),
            });
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        int toLeft = Math.Abs(estimate - left);
        int toAbove = Math.Abs(estimate - above);
        int toCorner = Math.Abs(estimate - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
