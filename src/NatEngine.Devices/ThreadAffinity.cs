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

    /// <summary>Lets a thread of the kernel's run on the processors that the calling thread may run on, and on no
    /// others.</summary>
    /// <returns>False if the kernel refused.</returns>
    internal static bool Share(int thread)
    {
        // Room for 8192 processors, the most that Linux can be built for.
        const int Words = 8192 / 64;
        ulong* mask = stackalloc ulong[Words];
        return Libc.sched_getaffinity(0, Words * sizeof(ulong), mask) >= 0
            && Libc.sched_setaffinity(thread, Words * sizeof(ulong), mask) == 0;
    }
}
