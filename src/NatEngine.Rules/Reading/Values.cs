using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.Packets;

namespace NatEngine.Rules.Reading;

/// <summary>Reads the words that several options share.</summary>
internal static class Values
{
    private const string AddressRule = "is not an IPv4 address (names are not looked up)";
    private const string NumberRule = "is not a number";

    internal static string? Octet(string text, out byte value)
        => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            ? null
            : "is not a number from 0 to 255";

    internal static string? Number(string text, out uint value)
    {
        bool isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> digits = isHexadecimal ? text.AsSpan(2) : text;
        NumberStyles style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return uint.TryParse(digits, style, CultureInfo.InvariantCulture, out value) ? null : NumberRule;
    }

    internal static string? Word(string text, out string value)
    {
        value = text;
        return null;
    }

    internal static string? Address(string text, out IPv4Address address)
        => IPv4Address.TryParse(text, out address) ? null : AddressRule;

    /// <summary>Reads an address, or one with a prefix length or a mask after a slash. As iptables does, takes missing
    /// parts of the address for zeros (10.1/16), and clears the bits that do not count.</summary>
    internal static string? Network(string text, out MaskedAddress value)
    {
        value = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> first = slash < 0 ? text : text.AsSpan(0, slash);
        if (!IPv4Address.TryParse(first, out IPv4Address address)
            && (slash < 0 || !IPv4Address.TryParse(Completed(first), out address)))
        {
            return AddressRule;
        }

        if (slash < 0)
        {
            value = new MaskedAddress(address, uint.MaxValue);
            return null;
        }

        ReadOnlySpan<char> mask = text.AsSpan(slash + 1);
        if (IPv4Address.TryParse(mask, out IPv4Address bits))
        {
            value = new MaskedAddress(address, bits.Value);
            return null;
        }

        if (!int.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > 32)
        {
            return "is not an address with a prefix length of 0 to 32 or a mask";
        }

        value = new MaskedAddress(address, (uint)(0xFFFF_FFFF_0000_0000UL >> length));
        return null;
    }

    internal static string? Range(string text, out AddressRange value)
    {
        value = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        ReadOnlySpan<char> first = dash < 0 ? text : text.AsSpan(0, dash);
        ReadOnlySpan<char> last = dash < 0 ? first : text.AsSpan(dash + 1);
        if (!IPv4Address.TryParse(first, out IPv4Address from) || !IPv4Address.TryParse(last, out IPv4Address to))
        {
            return "is not an IPv4 address or two with '-' between";
        }

        value = new AddressRange(from, to);
        return from <= to ? null : "is a range that ends before it begins";
    }

    internal static string? Interface(string text, out InterfacePattern value)
    {
        value = new InterfacePattern(text);
        if (text.Length is 0 or > InterfacePattern.MaxLength)
        {
            return $"is not the name of an interface: 1 to {InterfacePattern.MaxLength} characters";
        }

        return text.AsSpan().ContainsAny('/', ' ', '!') ? "is not the name of an interface" : null;
    }

    internal static string? Protocol(string text, out IpProtocol value)
        => ProtocolNames.TryParse(text, out value) ? null : "is not the name or number of a protocol";

    /// <summary>Reads a value for a mark and, after a slash, the bits that count.</summary>
    internal static string? Mark(string text, out MaskedMark value)
    {
        value = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        uint mask = uint.MaxValue;
        if (Number(slash < 0 ? text : text[..slash], out uint mark) is not null
            || (slash >= 0 && Number(text[(slash + 1)..], out mask) is not null))
        {
            return "is not a number or two with '/' between";
        }

        value = new MaskedMark(mark, mask);
        return null;
    }

    internal static string? Mac(string text, out MacAddress value)
    {
        value = default;
        string[] parts = text.Split(':');
        ulong number = 0;
        foreach (string part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
            {
                return "is not a hardware address: six hexadecimal octets with colons";
            }

            number = (number << 8) | octet;
        }

        value = new MacAddress(number & 0xFFFF_FFFF_FFFF);
        return parts.Length == MacAddress.Length
            ? null
            : "is not a hardware address: six hexadecimal octets with colons";
    }

    /// <summary>Reads words with commas between.</summary>
    internal static string? List<T>(string text, ValueParser<T> parse, List<T> values)
    {
        foreach (string part in text.Split(','))
        {
            if (parse(part, out T value) is { } fault)
            {
                return part == text ? fault : $"'{part}' {fault}";
            }

            values.Add(value);
        }

        return null;
    }

    private static string Completed(ReadOnlySpan<char> address)
    {
        string text = address.ToString();
        for (int parts = text.Split('.').Length; parts < 4; parts++)
        {
            text += ".0";
        }

        return text;
    }
}
