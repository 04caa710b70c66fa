using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NatEngine.Packets.Headers;

/// <summary>A hardware address as it stands in a frame: six octets, most significant first.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct MacAddressWire
{
    private ushort _high;
    private uint _low;

    /// <summary>The address as a number.</summary>
    internal MacAddress Value
    {
        readonly get => new(
            ((ulong)BinaryPrimitives.ReverseEndianness(_high) << 32) | BinaryPrimitives.ReverseEndianness(_low));
        set
        {
            _high = BinaryPrimitives.ReverseEndianness((ushort)(value.Value >> 32));
            _low = BinaryPrimitives.ReverseEndianness((uint)value.Value);
        }
    }
}
