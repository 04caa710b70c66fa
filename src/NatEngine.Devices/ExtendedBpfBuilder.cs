using System;
using System.Collections.Generic;

namespace NatEngine.Devices;

/// <summary>Writes extended BPF programs for an <see cref="IngressProgram"/>
/// (Documentation/bpf/standardization/instruction-set.rst).</summary>
/// <remarks>
/// <para>Of the eleven registers, <see cref="Result"/> is what loads and calls leave and what the program ends
/// with; 7 to 9 are the program's own. Register 6 holds the packet's description throughout
/// (<c>struct __sk_buff</c>): <see cref="Begin"/> puts it there.</para>
/// <para>A load from the frame reads network order into host order, wherever the kernel keeps the octets; one beyond
/// the frame's end ends the program with 0. Comparisons are of 32 bits, unsigned. Jumps only go forward.</para>
/// </remarks>
public sealed class ExtendedBpfBuilder
{
    /// <summary>The register that loads and calls leave their result in, and whose value the program ends with.
    /// </summary>
    public const int Result = 0;

    private const int Unplaced = -1;
    private const int Packet = 6;
    private const int Stack = 10;

    // Instruction classes with their modes and operations, as the specification's tables have them.
    private const byte LoadFrameByte = 0x30;
    private const byte LoadFrameHalf = 0x28;
    private const byte LoadFrameWord = 0x20;
    private const byte LoadFrameHalfBeyond = 0x48;
    private const byte LoadWordAt = 0x61;
    private const byte LoadLongAt = 0x79;
    private const byte StoreWordAt = 0x63;
    private const byte StoreLongAt = 0x7b;
    private const byte LoadMap = 0x18;
    private const byte CopyLong = 0xbf;
    private const byte SetLong = 0xb7;
    private const byte AddLong = 0x0f;
    private const byte AddToLong = 0x07;
    private const byte AndWord = 0x54;
    private const byte ShiftWordLeft = 0x64;
    private const byte JumpWord = 0x06;
    private const byte JumpLong = 0x05;
    private const byte CallFunction = 0x85;
    private const byte ExitProgram = 0x95;
    private const byte IfEqual = 0x10;
    private const byte IfNotEqual = 0x50;

    // The second register of a LoadMap that names a map by its place among the program's.
    private const byte MapByIndex = 5;
    private const int MapLookup = 1; // bpf_map_lookup_elem

    private readonly List<ulong> _instructions = [];
    private readonly List<int> _labels = [];
    private readonly List<(int At, BpfLabel Target)> _jumps = [];

    /// <summary>Makes a label, to be placed later.</summary>
    public BpfLabel NewLabel()
    {
        _labels.Add(Unplaced);
        return new BpfLabel(_labels.Count - 1);
    }

    /// <summary>Places a label at the next instruction.</summary>
    public ExtendedBpfBuilder Place(BpfLabel label)
    {
        if (_labels[label.Number] != Unplaced)
        {
            throw new InvalidOperationException("A label is placed once.");
        }

        _labels[label.Number] = _instructions.Count;
        return this;
    }

    /// <summary>Keeps the packet's description. The first instruction of a program that looks at the packet.</summary>
    public ExtendedBpfBuilder Begin() => Copy(Packet, 1);

    /// <summary>Copies a register.</summary>
    public ExtendedBpfBuilder Copy(int register, int from) => Emit(CopyLong, register, from);

    /// <summary>Sets a register.</summary>
    public ExtendedBpfBuilder Set(int register, int value) => Emit(SetLong, register, constant: value);

    /// <summary>Loads one of the packet's properties into the result.</summary>
    public ExtendedBpfBuilder Load(PacketProperty what) => Emit(LoadWordAt, Result, Packet, (short)what);

    /// <summary>Loads the octet at an offset of the frame into the result.</summary>
    public ExtendedBpfBuilder LoadByte(int offset) => Emit(LoadFrameByte, constant: offset);

    /// <summary>Loads the two octets at an offset of the frame into the result.</summary>
    public ExtendedBpfBuilder LoadHalf(int offset) => Emit(LoadFrameHalf, constant: offset);

    /// <summary>Loads the four octets at an offset of the frame into the result.</summary>
    public ExtendedBpfBuilder LoadWord(int offset) => Emit(LoadFrameWord, constant: offset);

    /// <summary>Loads the two octets at an offset beyond a register's value into the result.</summary>
    public ExtendedBpfBuilder LoadHalfBeyond(int register, int offset)
        => Emit(LoadFrameHalfBeyond, from: register, constant: offset);

    /// <summary>Keeps bits of the result.</summary>
    public ExtendedBpfBuilder And(int mask) => Emit(AndWord, Result, constant: mask);

    /// <summary>Shifts the result to the left.</summary>
    public ExtendedBpfBuilder ShiftLeft(int bits) => Emit(ShiftWordLeft, Result, constant: bits);

    /// <summary>Goes to a label if the comparison holds for a register.</summary>
    public ExtendedBpfBuilder JumpIf(int register, BpfComparison comparison, uint operand, BpfLabel target)
        => Jump((byte)(JumpWord | (int)comparison), register, operand, target);

    /// <summary>Goes to a label if a register has another value.</summary>
    public ExtendedBpfBuilder JumpUnlessEqual(int register, uint operand, BpfLabel target)
        => Jump(JumpWord | IfNotEqual, register, operand, target);

    /// <summary>Goes to a label.</summary>
    public ExtendedBpfBuilder Jump(BpfLabel target) => Jump(JumpLong, 0, 0, target);

    /// <summary>Adds a packet, and its length without the Ethernet header, to the counter that a register names.
    /// </summary>
    /// <param name="register">Holds the counter's index; 7 to 9. One out of range counts nothing.</param>
    public ExtendedBpfBuilder CountPacket(int register)
    {
        const int EthernetHeader = 14;
        const short Key = -sizeof(uint);
        BpfLabel none = NewLabel();
        Emit(StoreWordAt, Stack, register, Key);
        Copy(2, Stack).Emit(AddToLong, 2, constant: Key);
        Emit(LoadMap, 1, MapByIndex).Emit(0).Emit(CallFunction, constant: MapLookup);
        Jump(JumpLong | IfEqual, Result, 0, none);

        // Each processor has a value of its own, and nothing else runs on it meanwhile: no need to be atomic.
        Emit(LoadLongAt, 1, Result).Emit(AddToLong, 1, constant: 1).Emit(StoreLongAt, Result, 1);
        Emit(LoadWordAt, 2, Packet, (short)PacketProperty.Length).Emit(AddToLong, 2, constant: -EthernetHeader);
        Emit(LoadLongAt, 1, Result, sizeof(ulong)).Emit(AddLong, 1, 2).Emit(StoreLongAt, Result, 1, sizeof(ulong));
        return Place(none);
    }

    /// <summary>Ends with a constant.</summary>
    public ExtendedBpfBuilder Return(int value) => Set(Result, value).Emit(ExitProgram);

    /// <summary>Resolves the labels.</summary>
    /// <returns>The instructions, each eight octets read as a number of the host's order.</returns>
    /// <exception cref="InvalidOperationException">A label was not placed, or a jump goes backward or farther than an
    /// instruction can say.</exception>
    public ulong[] Build()
    {
        ulong[] instructions = [.. _instructions];
        foreach ((int at, BpfLabel target) in _jumps)
        {
            // Counted from the instruction after the jump.
            int distance = _labels[target.Number] - at - 1;
            if (distance is < 0 or > short.MaxValue)
            {
                throw new InvalidOperationException(
                    $"The jump at {at} goes {distance} instructions; 0 to {short.MaxValue} is possible.");
            }

            instructions[at] |= (ulong)distance << 16;
        }

        return instructions;
    }

    private ExtendedBpfBuilder Jump(byte operation, int register, uint operand, BpfLabel target)
    {
        _jumps.Add((_instructions.Count, target));
        return Emit(operation, register, constant: (int)operand);
    }

    /// <summary>Eight octets: operation, first and second register, offset, constant.</summary>
    private ExtendedBpfBuilder Emit(byte operation, int register = 0, int from = 0, short offset = 0, int constant = 0)
    {
        _instructions.Add(
            operation | ((ulong)register << 8) | ((ulong)from << 12) | ((ulong)(ushort)offset << 16)
            | ((ulong)(uint)constant << 32));
        return this;
    }
}
