using System;
using System.Buffers.Binary;

namespace NatEngine.Packets.Headers;

/// <summary>What a router writes when it cuts a packet into fragments (RFC 791 section 3.2).</summary>
public static class IPv4Fragment
{
    /// <summary>What the payload of every fragment but the last is a multiple of, in octets.</summary>
    public const int Unit = 8;

    private const ushort MoreFragments = 0x2000;
    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;
    private const byte CopiedFlag = 0x80;

    /// <summary>Makes the header of the fragments after the first: without the options that only the first one has (RFC
    /// 791 section 3.1, "copied flag").</summary>
    /// <param name="header">The packet's header with its options.</param>
    /// <param name="copy">Receives the other; <see cref="IPv4Header.MaxLength"/> octets.</param>
    /// <returns>The length of the other header, in octets.</returns>
    public static int CopyHeader(ReadOnlySpan<byte> header, Span<byte> copy)
    {
        copy.Clear();
        header[..IPv4Header.MinLength].CopyTo(copy);
        int length = IPv4Header.MinLength;
        ReadOnlySpan<byte> options = header[IPv4Header.MinLength..];
        while (options.Length > 1 && options[0] != EndOfOptions)
        {
            int option = options[0] == NoOperation ? 1 : options[1];
            if (option == 0 || option > options.Length)
            {
                break; // no option at all: what it says of its length is impossible
            }

            if ((options[0] & CopiedFlag) != 0)
            {
                options[..option].CopyTo(copy[length..]);
                length += option;
            }

            options = options[option..];
        }

        length = (length + 3) & ~3; // zero is the end of options
        copy[0] = (byte)((4 << 4) | (length / 4));
        return length;
    }

    /// <summary>Makes a packet a fragment: writes its length, its place and its checksum.</summary>
    /// <param name="packet">The fragment, header and payload.</param>
    /// <param name="headerLength">Length of its header, in octets.</param>
    /// <param name="offset">Where in the whole payload its own begins, in octets; a multiple of <see cref="Unit"/>.
    /// </param>
    /// <param name="isLast">True if none follows.</param>
    public static void Write(Span<byte> packet, int headerLength, int offset, bool isLast)
    {
        Span<byte> header = packet[..headerLength];
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(
            header[6..], (ushort)((isLast ? 0 : MoreFragments) | (offset / Unit)));
        header[10..12].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Compute(header));
    }
}
