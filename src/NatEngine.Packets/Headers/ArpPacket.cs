using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NatEngine.Packets.Headers;

/// <summary>A view of an ARP packet for IPv4 over Ethernet (RFC 826), over the octets of a frame. Reading and writing
/// go to the frame.</summary>
/// <remarks>Valid while the frame is: until the batch that holds it is given to the next stage.</remarks>
public readonly ref struct ArpPacket
{
    /// <summary>Length of the packet for these two address families, in octets.</summary>
    public const int Length = 28;

    private const ushort EthernetHardware = 1;

    private readonly ref Wire _wire;

    private ArpPacket(ref Wire wire) => _wire = ref wire;

    /// <summary>Request or reply.</summary>
    public ArpOperation Operation
    {
        get => (ArpOperation)BinaryPrimitives.ReverseEndianness(_wire.Operation);
        set => _wire.Operation = BinaryPrimitives.ReverseEndianness((ushort)value);
    }

    /// <summary>The sender's hardware address.</summary>
    public MacAddress SenderHardware
    {
        get => _wire.SenderHardware.Value;
        set => _wire.SenderHardware.Value = value;
    }

    /// <summary>The sender's IPv4 address; 0.0.0.0 in a probe (RFC 5227).</summary>
    public IPv4Address SenderAddress
    {
        get => new(BinaryPrimitives.ReverseEndianness(_wire.SenderAddress));
        set => _wire.SenderAddress = BinaryPrimitives.ReverseEndianness(value.Value);
    }

    /// <summary>The target's hardware address; means nothing in a request.</summary>
    public MacAddress TargetHardware
    {
        get => _wire.TargetHardware.Value;
        set => _wire.TargetHardware.Value = value;
    }

    /// <summary>The IPv4 address that is asked for, or answered to.</summary>
    public IPv4Address TargetAddress
    {
        get => new(BinaryPrimitives.ReverseEndianness(_wire.TargetAddress));
        set => _wire.TargetAddress = BinaryPrimitives.ReverseEndianness(value.Value);
    }

    /// <summary>Views the ARP packet at the start of <paramref name="octets"/>, the payload of an Ethernet frame.
    /// </summary>
    /// <returns>False, with <paramref name="packet"/> not to be used, if the octets are too few or the address families
    /// are others than Ethernet and IPv4.</returns>
    public static bool TryParse(Span<byte> octets, out ArpPacket packet)
    {
        packet = default;
        if (octets.Length < Length)
        {
            return false;
        }

        packet = new ArpPacket(ref MemoryMarshal.AsRef<Wire>(octets));
        return packet._wire.HardwareType == BinaryPrimitives.ReverseEndianness(EthernetHardware)
            && packet._wire.ProtocolType == BinaryPrimitives.ReverseEndianness((ushort)EtherType.IPv4)
            && packet._wire.HardwareLength == MacAddress.Length
            && packet._wire.ProtocolLength == sizeof(uint);
    }

    /// <summary>Writes the fixed fields at the start of <paramref name="octets"/>, which must hold <see cref="Length"/>
    /// of them, and views the result; the addresses are zero.</summary>
    public static ArpPacket Create(Span<byte> octets, ArpOperation operation)
    {
        octets[..Length].Clear();
        ArpPacket packet = new(ref MemoryMarshal.AsRef<Wire>(octets));
        packet._wire.HardwareType = BinaryPrimitives.ReverseEndianness(EthernetHardware);
        packet._wire.ProtocolType = BinaryPrimitives.ReverseEndianness((ushort)EtherType.IPv4);
        packet._wire.HardwareLength = MacAddress.Length;
        packet._wire.ProtocolLength = sizeof(uint);
        packet.Operation = operation;
        return packet;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct Wire
    {
        public ushort HardwareType;
        public ushort ProtocolType;
        public byte HardwareLength;
        public byte ProtocolLength;
        public ushort Operation;
        public MacAddressWire SenderHardware;
        public uint SenderAddress;
        public MacAddressWire TargetHardware;
        public uint TargetAddress;
    }
}
