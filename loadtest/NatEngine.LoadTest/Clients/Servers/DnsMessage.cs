using System;
using System.Buffers.Binary;
using System.Text;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Clients.Servers;

/// <summary>Reads and writes DNS messages with one question, for a host's address (RFC 1035 section 4).</summary>
internal static class DnsMessage
{
    /// <summary>The longest message over UDP without extensions, in octets (RFC 1035 section 2.3.4).</summary>
    public const int MaxLength = 512;

    /// <summary>"No error condition" (RFC 1035 section 4.1.1).</summary>
    public const int NoError = 0;

    /// <summary>"Name Error": there is no such name.</summary>
    public const int NameError = 3;

    private const int HeaderLength = 12;
    private const int LongestLabel = 63;
    private const ushort TypeA = 1;
    private const ushort ClassInternet = 1;

    // QR, RD and RA of the flags (RFC 1035 section 4.1.1), which are a 16-bit field in network order, as all are.
    private const ushort Response = 0x8000;
    private const ushort RecursionDesired = 0x0100;
    private const ushort RecursionAvailable = 0x0080;
    private const ushort ResponseCodeMask = 0x000F;

    // A pointer to the name in the question, which stands right after the header (RFC 1035 section 4.1.4).
    private const ushort PointerToQuestion = 0xC000 | HeaderLength;

    private const uint SecondsToLive = 60;

    /// <summary>Writes a question for a name's address.</summary>
    /// <returns>Octets written.</returns>
    public static int WriteQuery(Span<byte> message, ushort id, string name)
    {
        WriteHeader(message, id, RecursionDesired, answers: 0);
        int at = HeaderLength;
        foreach (string label in name.Split('.'))
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(label.Length, LongestLabel, nameof(name));
            message[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, message[(at + 1)..]);
        }

        message[at] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + 1)..], TypeA);
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + 3)..], ClassInternet);
        return at + 5;
    }

    /// <summary>Reads a question.</summary>
    /// <param name="message">The message.</param>
    /// <param name="length">Octets of header and question; what follows, such as EDNS options, is not looked
    /// at.</param>
    /// <param name="name">The name asked for, in lower case.</param>
    /// <returns>False if it is no question, or not one question for an address.</returns>
    public static bool TryReadQuery(ReadOnlySpan<byte> message, out int length, out string name)
    {
        length = 0;
        name = string.Empty;
        if (message.Length < HeaderLength
            || (BinaryPrimitives.ReadUInt16BigEndian(message[2..]) & Response) != 0
            || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1
            || !TryReadName(message, out int end, out name)
            || message.Length < end + 4
            || BinaryPrimitives.ReadUInt16BigEndian(message[end..]) != TypeA
            || BinaryPrimitives.ReadUInt16BigEndian(message[(end + 2)..]) != ClassInternet)
        {
            return false;
        }

        length = end + 4;
        return true;
    }

    /// <summary>Writes the answer to a question.</summary>
    /// <param name="question">Header and question.</param>
    /// <param name="address">The address; null if there is no such name.</param>
    /// <param name="message">Room for the answer.</param>
    /// <returns>Octets written.</returns>
    public static int WriteAnswer(ReadOnlySpan<byte> question, IPv4Address? address, Span<byte> message)
    {
        question.CopyTo(message);
        ushort asked = BinaryPrimitives.ReadUInt16BigEndian(question[2..]);
        ushort flags = (ushort)(Response | (asked & RecursionDesired) | RecursionAvailable
            | (address is null ? NameError : NoError));
        ushort id = BinaryPrimitives.ReadUInt16BigEndian(question);
        WriteHeader(message, id, flags, answers: (ushort)(address is null ? 0 : 1));
        if (address is not { } known)
        {
            return question.Length;
        }

        Span<byte> record = message[question.Length..];
        BinaryPrimitives.WriteUInt16BigEndian(record, PointerToQuestion);
        BinaryPrimitives.WriteUInt16BigEndian(record[2..], TypeA);
        BinaryPrimitives.WriteUInt16BigEndian(record[4..], ClassInternet);
        BinaryPrimitives.WriteUInt32BigEndian(record[6..], SecondsToLive);
        BinaryPrimitives.WriteUInt16BigEndian(record[10..], 4);
        BinaryPrimitives.WriteUInt32BigEndian(record[12..], known.Value);
        return question.Length + 16;
    }

    /// <summary>Reads the answer to a question.</summary>
    /// <param name="question">The question, as it was sent.</param>
    /// <param name="message">What came.</param>
    /// <param name="address">The address.</param>
    /// <returns>False if it is no answer to this question, or not with the address first.</returns>
    public static bool TryReadAnswer(ReadOnlySpan<byte> question, ReadOnlySpan<byte> message, out IPv4Address address)
    {
        address = default;
        if (message.Length < question.Length + 16
            || !message[..2].SequenceEqual(question[..2])
            || !message[HeaderLength..question.Length].SequenceEqual(question[HeaderLength..])
            || (BinaryPrimitives.ReadUInt16BigEndian(message[2..]) & (Response | ResponseCodeMask)) != Response
            || BinaryPrimitives.ReadUInt16BigEndian(message[6..]) == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> record = message[question.Length..];
        address = new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(record[12..]));
        return BinaryPrimitives.ReadUInt16BigEndian(record) == PointerToQuestion
            && BinaryPrimitives.ReadUInt16BigEndian(record[2..]) == TypeA
            && BinaryPrimitives.ReadUInt16BigEndian(record[10..]) == 4;
    }

    private static void WriteHeader(Span<byte> message, ushort id, ushort flags, ushort answers)
    {
        message[..HeaderLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], flags);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], answers);
    }

    private static bool TryReadName(ReadOnlySpan<byte> message, out int end, out string name)
    {
        StringBuilder text = new();
        end = HeaderLength;
        name = string.Empty;
        while (end < message.Length && message[end] != 0)
        {
            int length = message[end];
            if (length > LongestLabel || end + 1 + length >= message.Length)
            {
                return false;
            }

            text.Append(text.Length == 0 ? string.Empty : ".");
            text.Append(Encoding.ASCII.GetString(message.Slice(end + 1, length)));
            end += 1 + length;
        }

        end++;
        name = text.ToString().ToLowerInvariant();
        return end <= message.Length;
    }
}
