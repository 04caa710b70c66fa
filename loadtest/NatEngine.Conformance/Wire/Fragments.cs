using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.Conformance.Wire;

/// <summary>Cuts packets into fragments and puts them together again (RFC 791 section 3.2).</summary>
internal static class Fragments
{
    /// <summary>The fragments of a packet, the first first.</summary>
    /// <param name="packet">A whole packet.</param>
    /// <param name="size">Octets of payload in each but the last; a multiple of 8.</param>
    public static IReadOnlyList<IPv4Packet> Cut(IPv4Packet packet, int size)
    {
        List<IPv4Packet> fragments = [];
        for (int offset = 0; offset < packet.Payload.Length; offset += size)
        {
            int end = Math.Min(offset + size, packet.Payload.Length);
            fragments.Add(packet with
            {
                Payload = packet.Payload[offset..end],
                FragmentOffset = offset,
                MoreFragments = end < packet.Payload.Length,
            });
        }

        return fragments;
    }

    /// <summary>The packet that fragments of one identification make.</summary>
    /// <returns>Null while one is missing.</returns>
    public static IPv4Packet? Join(IEnumerable<IPv4Packet> fragments)
    {
        List<byte> payload = [];
        IPv4Packet? first = null;
        foreach (IPv4Packet fragment in fragments.OrderBy(fragment => fragment.FragmentOffset))
        {
            if (fragment.FragmentOffset != payload.Count)
            {
                return null;
            }

            first ??= fragment;
            payload.AddRange(fragment.Payload);
            if (!fragment.MoreFragments)
            {
                return first with { MoreFragments = false, Payload = [.. payload] };
            }
        }

        return null;
    }
}
