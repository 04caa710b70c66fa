using System;
using System.Globalization;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Host.Settings;

/// <summary>Reads the values that settings are made of.</summary>
internal static class SettingTexts
{
    // 20 days; the bound is that of TimerOptions.
    private const int LongestTimer = 1_728_000;

    /// <summary>The rule of <see cref="TryParsePublished"/>.</summary>
    internal const string PublishedRule =
        "must be tcp|udp:[ADDRESS:]PORT=ADDRESS:PORT with ports 1 to 65535, such as tcp:8080=100.64.0.10:80";

    /// <summary>The rule of <see cref="TryParsePortTimer"/>.</summary>
    internal const string PortTimerRule = "must be tcp|udp:PORT=SECONDS with 1 to 1728000 seconds, such as udp:53=10";

    /// <summary>The rule of <see cref="TryParsePorts"/>.</summary>
    internal const string PortsRule = "must be PORT or FIRST-LAST, each 1 to 65535, such as 1024-65535";

    /// <summary>The rule of <see cref="AddressRange.TryParse"/>.</summary>
    internal const string AddressesRule =
        "must be an IPv4 address that a host can have, or FIRST-LAST, such as 203.0.113.10-203.0.113.20";

    /// <summary>The rule of <see cref="TryParseHostAddress"/>.</summary>
    internal const string HostAddressRule = "must be an IPv4 address that a host can have, such as 203.0.113.254";

    /// <summary>The rule of <see cref="TryParsePrefix"/>.</summary>
    internal const string PrefixRule =
        "must be an IPv4 prefix with no bit set beyond its length, such as 100.64.0.0/16";

    /// <summary>The rule of <see cref="TryParseDestination"/>.</summary>
    internal const string DestinationRule =
        "must be an IPv4 prefix with no bit set beyond its length, then perhaps a protocol (tcp, udp, icmp or a number "
        + "of 1 to 255), then perhaps a port or FIRST-LAST of tcp or udp, such as '198.51.100.0/24 tcp 443'";

    /// <summary>Reads <c>protocol:port=address:port</c>, or <c>protocol:address:port=address:port</c> to publish on one
    /// external address only.</summary>
    internal static bool TryParsePublished(string text, out PublishedService service)
    {
        service = default;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (colon < 0 || equals < colon
            || !TryParseProtocol(text[..colon], out IpProtocol protocol)
            || !TryParseExternal(text.AsSpan(colon + 1, equals - colon - 1), out IPv4Address? address, out ushort port)
            || !TransportAddress.TryParse(text.AsSpan(equals + 1), out TransportAddress target)
            || target.Port == 0 || !target.Address.IsUnicast)
        {
            return false;
        }

        service = new PublishedService(protocol, port, target, address);
        return true;
    }

    /// <summary>Reads <c>protocol:port=seconds</c>.</summary>
    internal static bool TryParsePortTimer(string text, out PortTimer timer)
    {
        timer = default;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (colon < 0 || equals < colon
            || !TryParseProtocol(text[..colon], out IpProtocol protocol)
            || !TryParsePort(text.AsSpan(colon + 1, equals - colon - 1), out ushort port)
            || !int.TryParse(
                text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            || seconds is < 1 or > LongestTimer)
        {
            return false;
        }

        timer = new PortTimer(protocol, port, TimeSpan.FromSeconds(seconds));
        return true;
    }

    /// <summary>Reads <c>port</c> or <c>first-last</c>.</summary>
    internal static bool TryParsePorts(string text, out PortRange range)
    {
        range = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        ReadOnlySpan<char> first = dash < 0 ? text : text.AsSpan(0, dash);
        ReadOnlySpan<char> last = dash < 0 ? first : text.AsSpan(dash + 1);
        if (!TryParsePort(first, out ushort from) || !TryParsePort(last, out ushort to) || from > to)
        {
            return false;
        }

        range = new PortRange(from, to);
        return true;
    }

    /// <summary>Reads the address of a host.</summary>
    internal static bool TryParseHostAddress(string text, out IPv4Address address)
        => IPv4Address.TryParse(text.AsSpan(), out address) && address.IsUnicast;

    /// <summary>Reads <c>address/length</c>.</summary>
    internal static bool TryParsePrefix(string text, out IPv4Prefix prefix)
        => IPv4Prefix.TryParse(text.AsSpan(), out prefix);

    /// <summary>Reads <c>address/length</c>, then a protocol, then ports, as far as they are to matter.</summary>
    internal static bool TryParseDestination(string text, out UntranslatedDestination destination)
    {
        destination = default;
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IpProtocol protocol = IpProtocol.None;
        PortRange ports = default;
        if (parts.Length is < 1 or > 3 || !TryParsePrefix(parts[0], out IPv4Prefix prefix)
            || (parts.Length > 1 && !TryParseAnyProtocol(parts[1], out protocol))
            || (parts.Length > 2
                && (protocol is not (IpProtocol.Tcp or IpProtocol.Udp) || !TryParsePorts(parts[2], out ports))))
        {
            return false;
        }

        destination = new UntranslatedDestination(prefix, protocol, parts.Length > 2 ? ports : null);
        return true;
    }

    /// <summary>Writes a published service as it is read.</summary>
    internal static string Of(PublishedService service)
    {
        string protocol = SettingWords.Of(service.Protocol);
        string address = service.ExternalAddress is IPv4Address only ? $"{only}:" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture, $"{protocol}:{address}{service.ExternalPort}={service.Internal}");
    }

    /// <summary>Writes a number as it is read.</summary>
    internal static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a number of seconds as it is read.</summary>
    internal static string Seconds(TimeSpan time)
        => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    private static bool TryParsePort(ReadOnlySpan<char> text, out ushort port)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port != 0;

    private static bool TryParseExternal(ReadOnlySpan<char> text, out IPv4Address? address, out ushort port)
    {
        address = null;
        int colon = text.IndexOf(':');
        if (colon >= 0)
        {
            if (!IPv4Address.TryParse(text[..colon], out IPv4Address only))
            {
                port = 0;
                return false;
            }

            address = only;
        }

        return TryParsePort(text[(colon + 1)..], out port);
    }

    private static bool TryParseAnyProtocol(string text, out IpProtocol protocol)
    {
        if (text == "icmp")
        {
            protocol = IpProtocol.Icmp;
            return true;
        }

        if (TryParseProtocol(text, out protocol))
        {
            return true;
        }

        bool isNumber = byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number);
        protocol = (IpProtocol)number;
        return isNumber && number != 0;
    }

    private static bool TryParseProtocol(string text, out IpProtocol protocol)
    {
        protocol = text switch
        {
            "tcp" => IpProtocol.Tcp,
            "udp" => IpProtocol.Udp,
            _ => IpProtocol.None,
        };
        return protocol != IpProtocol.None;
    }
}
