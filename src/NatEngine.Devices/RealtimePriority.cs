using NatEngine.Devices.Interop;

namespace NatEngine.Devices;

/// <summary>Puts threads before all ordinary ones of their processor, as interrupts are (sched(7)).</summary>
public static unsafe class RealtimePriority
{
    // The least there is: whoever else is a real-time thread comes first.
    private const int Priority = 1;

    /// <summary>Makes the calling thread one of real time (SCHED_RR), for as long as it lives. It must sleep when it
    /// has nothing to do; one that never does leaves 5 % to the others (<c>kernel.sched_rt_runtime_us</c>).</summary>
    /// <returns>False if the kernel refused: without CAP_SYS_NICE, or in a control group without real time.</returns>
    public static bool TryTake()
    {
        Libc.sched_param parameters = new() { sched_priority = Priority };
        return Libc.sched_setscheduler(0, Libc.SCHED_RR, &parameters) == 0; // 0 is the calling thread
    }
}
