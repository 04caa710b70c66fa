using System;
using System.Globalization;

namespace NatEngine.Packets;

/// <summary>An address and a port, or the identifier of an ICMP query in the port's place (RFC 5508 section 3.1).
/// </summary>
/// <param name="Address">The IPv4 address.</param>
/// <param name="Port">The port or identifier, in host order; 0 for protocols that have neither.</param>
public readonly record struct TransportAddress(IPv4Address Address, ushort Port)
{
    /// <summary>Reads <c>address:port</c>, the port in decimal without leading zeros.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TransportAddress result)
    {
        result = default;
        int colon = text.LastIndexOf(':');
        if (colon < 0
            || !IPv4Address.TryParse(text[..colon], out IPv4Address address)
            || !Digits.TryParse(text[(colon + 1)..], ushort.MaxValue, out ushort port))
        {
            return false;
        }

        result = new TransportAddress(address, port);
        return true;
    }

    /// <summary>The form <c>address:port</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");
}
