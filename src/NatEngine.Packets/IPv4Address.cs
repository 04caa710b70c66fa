using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace NatEngine.Packets;

/// <summary>An IPv4 address as a number in host order: 192.0.2.1 is 0xC0000201.</summary>
/// <param name="Value">The address, in host order.</param>
/// <remarks>System.Net.IPAddress is a class and would cost an allocation per packet.</remarks>
public readonly record struct IPv4Address(uint Value)
    : IComparable<IPv4Address>, ISpanFormattable, ISpanParsable<IPv4Address>
{
    private const int LongestText = 15;

    /// <summary>0.0.0.0, this host on this network (RFC 1122 section 3.2.1.3).</summary>
    public static IPv4Address Any => default;

    /// <summary>255.255.255.255, limited broadcast.</summary>
    public static IPv4Address Broadcast => new(uint.MaxValue);

    /// <summary>True for 127.0.0.0/8, which never appears on a link (RFC 1122 section 3.2.1.3).</summary>
    public bool IsLoopback => Value >> 24 == 127;

    /// <summary>True if a host can have this address: what a router may forward to or from (RFC 1812 section 5.3.7).
    /// </summary>
    /// <remarks>What is left without 0.0.0.0/8 and 127.0.0.0/8 (RFC 1122 section 3.2.1.3), 224.0.0.0/4 and 240.0.0.0/4
    /// (RFC 1112): asked of both addresses of each packet, so two comparisons instead of four.</remarks>
    public bool IsUnicast => Value - (1U << 24) < (223U << 24) && !IsLoopback;

    /// <summary>Converts from the class that configuration and netlink use.</summary>
    /// <exception cref="ArgumentException"><paramref name="address"/> is not an IPv4 address.</exception>
    public static IPv4Address From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[4];
        return address.TryWriteBytes(octets, out int written) && written == 4
            ? new IPv4Address(BinaryPrimitives.ReadUInt32BigEndian(octets))
            : throw new ArgumentException($"{address} is not an IPv4 address.", nameof(address));
    }

    /// <summary>Converts to the class that configuration and netlink use.</summary>
    public IPAddress ToIPAddress()
        => new(BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReverseEndianness(Value)
            : Value);

    /// <summary>Reads four decimal numbers with dots, nothing else: no octal, no hexadecimal, no missing
    /// parts.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IPv4Address address)
    {
        address = default;
        uint value = 0;
        for (int part = 0; part < 4; part++)
        {
            int end = part < 3 ? text.IndexOf('.') : text.Length;
            if (end < 0 || !Digits.TryParse(text[..end], byte.MaxValue, out ushort octet))
            {
                return false;
            }

            value = (value << 8) | octet;
            text = part < 3 ? text[(end + 1)..] : default;
        }

        address = new IPv4Address(value);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out IPv4Address result)
        => TryParse(s, out result);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out IPv4Address result)
        => TryParse(s.AsSpan(), out result);

    /// <inheritdoc/>
    public static IPv4Address Parse(ReadOnlySpan<char> s, IFormatProvider? provider)
        => TryParse(s, out IPv4Address address) ? address : throw new FormatException($"'{s}' is not an IPv4 address.");

    /// <inheritdoc/>
    public static IPv4Address Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not an IPv4 address.</exception>
    public static IPv4Address Parse(string text) => Parse(text.AsSpan(), null);

    /// <inheritdoc/>
    public int CompareTo(IPv4Address other) => Value.CompareTo(other.Value);

    /// <summary>Compares as numbers.</summary>
    public static bool operator <(IPv4Address left, IPv4Address right) => left.Value < right.Value;

    /// <summary>Compares as numbers.</summary>
    public static bool operator >(IPv4Address left, IPv4Address right) => left.Value > right.Value;

    /// <summary>Compares as numbers.</summary>
    public static bool operator <=(IPv4Address left, IPv4Address right) => left.Value <= right.Value;

    /// <summary>Compares as numbers.</summary>
    public static bool operator >=(IPv4Address left, IPv4Address right) => left.Value >= right.Value;

    /// <summary>Writes the dotted form; at most 15 characters.</summary>
    public bool TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => destination.TryWrite(
            CultureInfo.InvariantCulture,
            $"{Value >> 24}.{(byte)(Value >> 16)}.{(byte)(Value >> 8)}.{(byte)Value}",
            out charsWritten);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>The dotted form.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[LongestText];
        bool fits = TryFormat(text, out int length, default, null);
        Debug.Assert(fits, "Four octets and three dots are at most 15 characters.");
        return new string(text[..length]);
    }
}
