using System;
using System.Runtime.InteropServices;
using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Binds threads to processors.</summary>
public static unsafe class ThreadAffinity
{
    /// <summary>Processors that can be named: those of one word of the kernel's mask.</summary>
    public const int Processors = 64;

    /// <summary>Binds the calling thread to one processor, for as long as it lives. Only a thread that was made for
    /// the purpose is to be bound: one of the pool's would be of no use to others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not 0 to <see cref="Processors"/> - 1.</exception>
    /// <exception cref="DeviceException">There is no such processor, or this process may not use it.</exception>
    public static void Bind(int processor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(processor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(processor, Processors);
        ulong mask = 1UL << processor;

        // 0 is the calling thread.
        if (Libc.sched_setaffinity(0, sizeof(ulong), &mask) != 0)
        {
            string reason = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            throw new DeviceException($"sched_setaffinity: processor {processor}: {reason}");
        }
    }
}
