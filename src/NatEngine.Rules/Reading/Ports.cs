using System;
using System.Globalization;
using NatEngine.Packets;

namespace NatEngine.Rules.Reading;

/// <summary>Reads ports and ranges of them, numbers or names of services.</summary>
internal static class Ports
{
    private const string Rule = "is not a port: a number from 0 to 65535 or the name of a service";

    /// <summary>Reads a port of <paramref name="protocol"/>.</summary>
    internal static string? Port(string text, IpProtocol? protocol, out ushort port)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
            || ServiceNames.OfThisMachine.TryFind(text, protocol, out port)
            ? null
            : Rule;

    /// <summary>A reader for what stands after <c>--sport</c>: a port, or two with a colon between, either of which may
    /// be missing.</summary>
    internal static ValueParser<PortRange> MatchRange(IpProtocol? protocol)
        => (string text, out PortRange range) => Range(text, ':', mayBeOpen: true, protocol, out range);

    /// <summary>A reader for what stands in a list of multiport: a port, or two with a colon between.</summary>
    internal static ValueParser<PortRange> ListedRange(IpProtocol? protocol)
        => (string text, out PortRange range) => Range(text, ':', mayBeOpen: false, protocol, out range);

    /// <summary>A reader for what targets take: a port, or two with <c>-</c> between.</summary>
    internal static ValueParser<PortRange> TargetRange(IpProtocol? protocol)
        => (string text, out PortRange range) => Range(text, '-', mayBeOpen: false, protocol, out range);

    private static string? Range(
        string text, char between, bool mayBeOpen, IpProtocol? protocol, out PortRange range)
    {
        range = default;
        if (Port(text, protocol, out ushort first) is null)
        {
            range = new PortRange(first, first);
            return null;
        }

        int at = text.IndexOf(between, StringComparison.Ordinal);
        if (at < 0)
        {
            return Rule;
        }

        ushort last = ushort.MaxValue;
        first = 0;
        if (!End(text[..at], mayBeOpen, protocol, ref first) || !End(text[(at + 1)..], mayBeOpen, protocol, ref last))
        {
            return $"is not two ports with '{between}' between";
        }

        range = new PortRange(first, last);
        return first <= last ? null : "is a range that ends before it begins";
    }

    private static bool End(string text, bool mayBeOpen, IpProtocol? protocol, ref ushort port)
    {
        if (text.Length == 0)
        {
            return mayBeOpen;
        }

        return Port(text, protocol, out port) is null;
    }
}
