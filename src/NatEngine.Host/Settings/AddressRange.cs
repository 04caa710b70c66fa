using System;
using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Host.Settings;

/// <summary>Addresses that follow one another, ends included.</summary>
internal readonly record struct AddressRange(IPv4Address First, IPv4Address Last)
{
    /// <summary>How many addresses there are.</summary>
    internal long Count => (long)Last.Value - First.Value + 1;

    /// <summary>Reads <c>A</c> or <c>A-B</c>, each an address that a host can have.</summary>
    internal static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        ReadOnlySpan<char> first = dash < 0 ? text : text.AsSpan(0, dash);
        ReadOnlySpan<char> last = dash < 0 ? first : text.AsSpan(dash + 1);
        if (!IPv4Address.TryParse(first.Trim(), out IPv4Address from)
            || !IPv4Address.TryParse(last.Trim(), out IPv4Address to)
            || from > to || !from.IsUnicast || !to.IsUnicast)
        {
            return false;
        }

        range = new AddressRange(from, to);
        return true;
    }

    /// <summary>The addresses, lowest first.</summary>
    internal IEnumerable<IPv4Address> Addresses()
    {
        for (uint value = First.Value; value < Last.Value; value++)
        {
            yield return new IPv4Address(value);
        }

        yield return Last;
    }

    /// <summary>The form that was read.</summary>
    public override string ToString() => First == Last ? First.ToString() : $"{First}-{Last}";
}
