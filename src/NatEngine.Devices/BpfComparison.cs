using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>How a BPF jump compares the accumulator, or a register, with a constant, both unsigned.</summary>
public enum BpfComparison
{
    /// <summary>Equal.</summary>
    Equal = Libc.BPF_JEQ,

    /// <summary>It is greater.</summary>
    Greater = Libc.BPF_JGT,

    /// <summary>It is greater or equal.</summary>
    GreaterOrEqual = Libc.BPF_JGE,

    /// <summary>They have a bit in common.</summary>
    AnyBitSet = Libc.BPF_JSET,
}
