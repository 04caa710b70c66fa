using System;
using System.Buffers.Binary;
using System.Net;

namespace NatEngine.EndToEnd.Tests.Judges;

/// <summary>Just enough of STUN (RFC 8489) to ask a server what it sees.</summary>
internal static class StunBinding
{
    private const uint MagicCookie = 0x2112A442;
    private const int HeaderLength = 20;
    private const ushort BindingSuccess = 0x0101;
    private const ushort XorMappedAddress = 0x0020;

    /// <summary>A binding request without attributes.</summary>
    public static ReadOnlySpan<byte> Request =>
        [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    /// <summary>The address and port that the request came from.</summary>
    /// <exception cref="FormatException">It is no answer to a binding request.</exception>
    public static IPEndPoint MappedAddress(ReadOnlySpan<byte> answer)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(answer) != BindingSuccess)
        {
            throw new FormatException($"No binding response: {Convert.ToHexString(answer)}");
        }

        int at = HeaderLength;
        while (BinaryPrimitives.ReadUInt16BigEndian(answer[at..]) != XorMappedAddress)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 2)..]);
            at += 4 + ((length + 3) & ~3); // attributes are padded to four octets
        }

        int port = BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 6)..]) ^ (int)(MagicCookie >> 16);
        byte[] address = new byte[4];
        uint value = BinaryPrimitives.ReadUInt32BigEndian(answer[(at + 8)..]) ^ MagicCookie;
        BinaryPrimitives.WriteUInt32BigEndian(address, value);
        return new IPEndPoint(new IPAddress(address), port);
    }
}
