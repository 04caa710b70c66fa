using System.Buffers.Binary;
using NatEngine.Packets;

namespace NatEngine.LoadTest.Measurements;

/// <summary>Writes an extended BPF program that discards certain UDP datagrams where a driver receives them, and passes
/// everything else to the kernel (Documentation/bpf/standardization/instruction-set.rst).</summary>
internal static class UdpDiscard
{
    // What the driver is told to do with a frame: enum xdp_action.
    private const int Drop = 1;
    private const int Pass = 2;

    private const byte LoadByte = 0x71;
    private const byte LoadHalf = 0x69;
    private const byte LoadWord = 0x61;
    private const byte Copy = 0xbf;
    private const byte CopyConstant = 0xb7;
    private const byte AddConstant = 0x07;
    private const byte AndConstant = 0x54;
    private const byte JumpIfGreater = 0x2d;
    private const byte JumpUnlessEqual = 0x56;
    private const byte Exit = 0x95;

    // Registers: 0 holds the answer, 1 the frame's description (struct xdp_md), the others are free.
    private const byte Answer = 0;
    private const byte Description = 1;
    private const byte Frame = 2;
    private const byte End = 3;
    private const byte Scratch = 4;

    // Offsets from the start of a frame without VLAN tags or IP options.
    private const short EtherType = 12;
    private const short VersionAndHeaderLength = 14;
    private const short Protocol = 23;
    private const short Source = 26;
    private const short DestinationPort = 36;
    private const int HeadersLength = 42;

    private const int PassAt = 17;

    /// <summary>The program that discards datagrams from a prefix to a port.</summary>
    public static ulong[] Program(IPv4Prefix sources, ushort port)
    {
        uint mask = sources.Last.Value ^ sources.Network.Value ^ uint.MaxValue;
        return
        [
            Instruction(LoadWord, Frame, Description, 0, 0),
            Instruction(LoadWord, End, Description, 4, 0),
            Instruction(Copy, Scratch, Frame, 0, 0),
            Instruction(AddConstant, Scratch, 0, 0, HeadersLength),
            Instruction(JumpIfGreater, Scratch, End, To(4), 0),
            Instruction(LoadHalf, Scratch, Frame, EtherType, 0),
            Instruction(JumpUnlessEqual, Scratch, 0, To(6), Network(0x0800)),
            Instruction(LoadByte, Scratch, Frame, VersionAndHeaderLength, 0),
            Instruction(JumpUnlessEqual, Scratch, 0, To(8), 0x45),
            Instruction(LoadByte, Scratch, Frame, Protocol, 0),
            Instruction(JumpUnlessEqual, Scratch, 0, To(10), (int)IpProtocol.Udp),
            Instruction(LoadHalf, Scratch, Frame, DestinationPort, 0),
            Instruction(JumpUnlessEqual, Scratch, 0, To(12), Network(port)),
            Instruction(LoadWord, Scratch, Frame, Source, 0),
            Instruction(AndConstant, Scratch, 0, 0, Network(mask)),
            Instruction(JumpUnlessEqual, Scratch, 0, To(15), Network(sources.Network.Value)),
            .. Return(Drop),
            .. Return(Pass),
        ];
    }

    // A jump counts from the instruction behind it.
    private static short To(int from) => (short)(PassAt + 1 - (from + 1));

    private static ulong[] Return(int action)
        => [Instruction(CopyConstant, Answer, 0, 0, action), Instruction(Exit, 0, 0, 0, 0)];

    // Fields are compared as they stand in the frame.
    private static int Network(ushort value) => BinaryPrimitives.ReverseEndianness(value);

    private static int Network(uint value) => (int)BinaryPrimitives.ReverseEndianness(value);

    /// <summary>Eight octets: operation, destination and source register, offset, constant.</summary>
    private static ulong Instruction(byte operation, byte destination, byte source, short offset, int constant)
        => operation | ((ulong)destination << 8) | ((ulong)source << 12) | ((ulong)(ushort)offset << 16)
            | ((ulong)(uint)constant << 32);
}
