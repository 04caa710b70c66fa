using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>How a classic BPF jump compares the accumulator with a constant, both unsigned.</summary>
internal enum BpfComparison
{
    /// <summary>Equal.</summary>
    Equal = Libc.BPF_JEQ,

    /// <summary>The accumulator is greater.</summary>
    Greater = Libc.BPF_JGT,

    /// <summary>The accumulator is greater or equal.</summary>
    GreaterOrEqual = Libc.BPF_JGE,

    /// <summary>They have a bit in common.</summary>
    AnyBitSet = Libc.BPF_JSET,
}
