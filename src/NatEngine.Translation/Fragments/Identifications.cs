using System;
using System.Runtime.InteropServices;
using NatEngine.Packets;

namespace NatEngine.Translation.Fragments;

/// <summary>Identifications for packets whose source is rewritten: several hosts behind one address must not use the
/// same one to the same destination (RFC 6864 section 5.3.1, RFC 7857 section 9).</summary>
/// <remarks>A counter for each source, destination and protocol, or rather for each of so many classes of them: those
/// that share a counter only use up its numbers sooner. Of a super-frame the segments count up from the number of the
/// whole, which the counter does not see; TCP sets "don't fragment", so that nobody looks at them.</remarks>
internal sealed class Identifications
{
    // As many as Linux has at least (IP_IDENTS_SZ in net/ipv4/route.c).
    private const int Bits = 11;

    private readonly ushort[] _next = new ushort[1 << Bits];
    private readonly uint _key;

    internal Identifications(Random random)
    {
        random.NextBytes(MemoryMarshal.AsBytes(_next.AsSpan()));
        _key = (uint)random.NextInt64();
    }

    /// <summary>Says which identification a packet that is forwarded leaves with; see
    /// <see cref="Verdict.Identification"/>.</summary>
    public void Give(in PacketFacts packet, ref Verdict verdict)
    {
        if (!packet.IsAtomic)
        {
            IPv4Address source = verdict.Rewrite.Source.Address;
            verdict.Identification = source == packet.Tuple.Source.Address
                ? packet.Identification
                : Take(source, verdict.Rewrite.Destination.Address, packet.Tuple.Protocol);
        }
    }

    // The next one for packets from a source to a destination.
    private ushort Take(IPv4Address source, IPv4Address destination, IpProtocol protocol)
    {
        // Multiplicative hashing by two odd constants; a class is no secret worth more.
        uint mixed = ((source.Value ^ _key) * 0x9E37_79B1U) ^ ((destination.Value + (uint)protocol) * 0x85EB_CA6BU);
        return _next[(mixed * 0xC2B2_AE35U) >> (32 - Bits)]++;
    }
}
