using System;
using NatEngine.Packets;

namespace NatEngine.Rules.Reading;

/// <summary>What stands after <c>--to-source</c> and <c>--to-destination</c>.</summary>
/// <param name="Addresses">Before the colon; null if nothing is.</param>
/// <param name="Ports">After it; null if there is none.</param>
/// <param name="BasePort">After the slash; null if there is none.</param>
internal readonly record struct TranslationEnd(AddressRange? Addresses, PortRange? Ports, ushort? BasePort)
{
    /// <summary>Reads <c>[address[-address]][:port[-port[/port]]]</c>.</summary>
    /// <returns>Null if it was read; else what is wrong with it.</returns>
    internal static string? TryParse(string text, bool mayShift, IpProtocol? protocol, out TranslationEnd end)
    {
        end = default;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string addressText = colon < 0 ? text : text[..colon];
        AddressRange? addresses = null;
        if (addressText.Length > 0 || colon < 0)
        {
            if (Values.Range(addressText, out AddressRange range) is { } fault)
            {
                return fault;
            }

            addresses = range;
        }

        if (colon < 0)
        {
            end = new TranslationEnd(addresses, null, null);
            return null;
        }

        string portText = text[(colon + 1)..];
        int slash = mayShift ? portText.IndexOf('/', StringComparison.Ordinal) : -1;
        ushort basePort = 0;
        string? portFault = Reading.Ports.TargetRange(protocol)(
                slash < 0 ? portText : portText[..slash], out PortRange ports)
            ?? (slash < 0 ? null : Reading.Ports.Port(portText[(slash + 1)..], protocol, out basePort));
        end = new TranslationEnd(addresses, ports, slash < 0 ? null : basePort);
        return portFault is null ? null : $"after the colon it {portFault}";
    }
}
