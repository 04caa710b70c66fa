using System;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>A classic BPF program, ready to be given to a socket. Made by <see cref="BpfProgramBuilder"/>.</summary>
internal sealed class BpfProgram(Libc.sock_filter[] instructions)
{
    /// <summary>The instructions, in order.</summary>
    internal ReadOnlySpan<Libc.sock_filter> Instructions => instructions;
}
