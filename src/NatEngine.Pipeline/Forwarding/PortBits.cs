using System.Collections.Generic;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>A fixed set of ports that can be asked for each packet: a bit each.</summary>
internal sealed class PortBits
{
    private readonly ulong[] _bits = new ulong[65_536 / 64];

    internal PortBits(IEnumerable<PortRange> ranges)
    {
        foreach (PortRange range in ranges)
        {
            for (int port = range.First; port <= range.Last; port++)
            {
                _bits[port >> 6] |= 1UL << port; // the shift counts modulo 64
            }
        }
    }

    internal bool Contains(ushort port) => ((_bits[port >> 6] >> port) & 1) != 0;
}
