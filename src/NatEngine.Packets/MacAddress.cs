using System;
using System.Buffers.Binary;
using System.Globalization;

namespace NatEngine.Packets;

/// <summary>An Ethernet hardware address (IEEE 802 MAC-48) as a number: the first octet on the wire is the most
/// significant of the low 48 bits.</summary>
/// <param name="Value">The address; the upper 16 bits are zero.</param>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>Length on the wire, in octets.</summary>
    public const int Length = 6;

    /// <summary>ff:ff:ff:ff:ff:ff, every station on the link.</summary>
    public static MacAddress Broadcast => new(0xFFFF_FFFF_FFFF);

    /// <summary>True if the address is one station's, not a group's and not all zero.</summary>
    public bool IsUnicast => (Value & 0x0100_0000_0000) == 0 && Value != 0;

    /// <summary>Reads an address from the first six of <paramref name="octets"/>.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> octets)
        => BinaryPrimitives.TryReadUInt64BigEndian(octets, out ulong eight)
            ? new(eight >> 16) // one read, with what follows it in a frame
            : new(((ulong)BinaryPrimitives.ReadUInt16BigEndian(octets) << 32)
                | BinaryPrimitives.ReadUInt32BigEndian(octets[2..]));

    /// <summary>Writes the address to the first six of <paramref name="octets"/>.</summary>
    public void Write(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt32BigEndian(octets[2..], (uint)Value);
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)(Value >> 32));
    }

    /// <summary>Six hexadecimal octets with colons, as <c>ip link</c> prints them.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Octet(5):x2}:{Octet(4):x2}:{Octet(3):x2}:{Octet(2):x2}:{Octet(1):x2}:{Octet(0):x2}");

    private byte Octet(int index) => (byte)(Value >> (8 * index));
}
