using System;
using System.Collections.Generic;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Writes classic BPF programs (linux/filter.h): socket filters and fan-out steering.</summary>
/// <remarks>
/// <para>A program reads the frame from its first octet, network order made host order by the load, and ends with a
/// return: for a filter the octets to keep, 0 to refuse the frame. A load beyond the frame's end returns 0.</para>
/// <para>Jumps only go forward, at most 255 instructions over the next, as the kernel wants it; <see cref="Build"/>
/// refuses others.</para>
/// </remarks>
internal sealed class BpfProgramBuilder
{
    // What a filter returns to keep a whole frame.
    private const uint WholeFrame = uint.MaxValue;
    private const int Unplaced = -1;

    private readonly List<Libc.sock_filter> _instructions = [];
    private readonly List<int> _labels = [];
    private readonly List<Jump> _jumps = [];

    /// <summary>Makes a label, to be placed later.</summary>
    internal BpfLabel NewLabel()
    {
        _labels.Add(Unplaced);
        return new BpfLabel(_labels.Count - 1);
    }

    /// <summary>Places a label at the next instruction.</summary>
    internal BpfProgramBuilder Place(BpfLabel label)
    {
        if (_labels[label.Number] != Unplaced)
        {
            throw new InvalidOperationException("A label is placed once.");
        }

        _labels[label.Number] = _instructions.Count;
        return this;
    }

    /// <summary>Loads the octet at an offset into the accumulator.</summary>
    internal BpfProgramBuilder LoadByte(int offset) => Emit(Libc.BPF_LD | Libc.BPF_B | Libc.BPF_ABS, (uint)offset);

    /// <summary>Loads the two octets at an offset into the accumulator.</summary>
    internal BpfProgramBuilder LoadHalf(int offset) => Emit(Libc.BPF_LD | Libc.BPF_H | Libc.BPF_ABS, (uint)offset);

    /// <summary>Loads the four octets at an offset into the accumulator.</summary>
    internal BpfProgramBuilder LoadWord(int offset) => Emit(Libc.BPF_LD | Libc.BPF_W | Libc.BPF_ABS, (uint)offset);

    /// <summary>Loads the two octets at an offset beyond the index register into the accumulator.</summary>
    internal BpfProgramBuilder LoadHalfBeyondIndex(int offset)
        => Emit(Libc.BPF_LD | Libc.BPF_H | Libc.BPF_IND, (uint)offset);

    /// <summary>Loads the octet at an offset beyond the index register into the accumulator.</summary>
    internal BpfProgramBuilder LoadByteBeyondIndex(int offset)
        => Emit(Libc.BPF_LD | Libc.BPF_B | Libc.BPF_IND, (uint)offset);

    /// <summary>Loads what the kernel knows of the frame into the accumulator.</summary>
    internal BpfProgramBuilder Load(BpfAncillary what)
        => Emit(Libc.BPF_LD | Libc.BPF_W | Libc.BPF_ABS, unchecked((uint)(Libc.SKF_AD_OFF + (int)what)));

    /// <summary>Loads the length of the IPv4 header at an offset, in octets, into the index register.</summary>
    internal BpfProgramBuilder LoadIndexWithHeaderLength(int offset)
        => Emit(Libc.BPF_LDX | Libc.BPF_B | Libc.BPF_MSH, (uint)offset);

    /// <summary>Does arithmetic on the accumulator with a constant.</summary>
    internal BpfProgramBuilder Compute(BpfOperation operation, uint operand)
        => Emit((ushort)(Libc.BPF_ALU | (ushort)operation | Libc.BPF_K), operand);

    /// <summary>Adds the index register to the accumulator.</summary>
    internal BpfProgramBuilder AddIndex() => Emit(Libc.BPF_ALU | Libc.BPF_ADD | Libc.BPF_X, 0);

    /// <summary>Copies the accumulator to the index register.</summary>
    internal BpfProgramBuilder CopyToIndex() => Emit(Libc.BPF_MISC | Libc.BPF_TAX, 0);

    /// <summary>Goes to one label if the comparison holds for the accumulator, and on to the next instruction if
    /// not.</summary>
    internal BpfProgramBuilder JumpIf(BpfComparison comparison, uint operand, BpfLabel target)
    {
        _jumps.Add(new Jump(_instructions.Count, target, WhenTrue: true));
        return Emit((ushort)(Libc.BPF_JMP | (ushort)comparison | Libc.BPF_K), operand);
    }

    /// <summary>Goes to one label if the comparison does not hold for the accumulator, and on to the next instruction
    /// if it does.</summary>
    internal BpfProgramBuilder JumpUnless(BpfComparison comparison, uint operand, BpfLabel target)
    {
        _jumps.Add(new Jump(_instructions.Count, target, WhenTrue: false));
        return Emit((ushort)(Libc.BPF_JMP | (ushort)comparison | Libc.BPF_K), operand);
    }

    /// <summary>Ends with a constant.</summary>
    internal BpfProgramBuilder Return(uint value) => Emit(Libc.BPF_RET | Libc.BPF_K, value);

    /// <summary>Ends with the accumulator.</summary>
    internal BpfProgramBuilder ReturnAccumulator() => Emit(Libc.BPF_RET | Libc.BPF_A, 0);

    /// <summary>Ends a filter by keeping the frame whole.</summary>
    internal BpfProgramBuilder Accept() => Return(WholeFrame);

    /// <summary>Ends a filter by refusing the frame.</summary>
    internal BpfProgramBuilder Refuse() => Return(0);

    /// <summary>Resolves the labels.</summary>
    /// <exception cref="InvalidOperationException">A label was not placed, a jump goes backward or too far, or the
    /// program is longer than the kernel takes.</exception>
    internal BpfProgram Build()
    {
        Libc.sock_filter[] instructions = [.. _instructions];
        if (instructions.Length is 0 or > Libc.BPF_MAXINSNS)
        {
            throw new InvalidOperationException($"A program has 1 to {Libc.BPF_MAXINSNS} instructions.");
        }

        foreach (Jump jump in _jumps)
        {
            // Counted from the instruction after the jump.
            int distance = _labels[jump.Target.Number] - jump.At - 1;
            if (distance is < 0 or > byte.MaxValue)
            {
                throw new InvalidOperationException(
                    $"The jump at {jump.At} goes {distance} instructions; 0 to {byte.MaxValue} is possible.");
            }

            ref Libc.sock_filter instruction = ref instructions[jump.At];
            instruction.jt = jump.WhenTrue ? (byte)distance : (byte)0;
            instruction.jf = jump.WhenTrue ? (byte)0 : (byte)distance;
        }

        return new BpfProgram(instructions);
    }

    private BpfProgramBuilder Emit(ushort code, uint k)
    {
        _instructions.Add(new Libc.sock_filter { code = code, k = k });
        return this;
    }

    private readonly record struct Jump(int At, BpfLabel Target, bool WhenTrue);
}
