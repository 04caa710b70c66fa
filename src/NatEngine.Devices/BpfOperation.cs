using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>What a classic BPF program does to the accumulator, unsigned and modulo 2^32.</summary>
internal enum BpfOperation
{
    /// <summary>Adds.</summary>
    Add = Libc.BPF_ADD,

    /// <summary>Subtracts.</summary>
    Subtract = Libc.BPF_SUB,

    /// <summary>Multiplies.</summary>
    Multiply = Libc.BPF_MUL,

    /// <summary>Divides, rounding down.</summary>
    Divide = Libc.BPF_DIV,

    /// <summary>Takes the remainder.</summary>
    Remainder = Libc.BPF_MOD,

    /// <summary>Keeps common bits.</summary>
    And = Libc.BPF_AND,

    /// <summary>Shifts towards the high bits.</summary>
    ShiftLeft = Libc.BPF_LSH,

    /// <summary>Shifts towards the low bits.</summary>
    ShiftRight = Libc.BPF_RSH,
}
