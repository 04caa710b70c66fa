using System;
using System.Diagnostics;
using System.Threading;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Testbeds;

/// <summary>Gives a measurement a system without the sessions of the one before.</summary>
internal static class CleanSlate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Makes the system forget its sessions and waits until it has.</summary>
    /// <exception cref="SystemFailedException">It does not.</exception>
    public static void Make(ISystemUnderTest system)
    {
        Stopwatch watch = Stopwatch.StartNew();
        system.ResetState();
        while (system.Read().Sessions is { } left and > 0)
        {
            if (watch.Elapsed > Patience)
            {
                throw new SystemFailedException(
                    $"{system.Name} still remembers {left} sessions {Patience.TotalSeconds:0} s after it was told to "
                        + "forget them.");
            }

            Thread.Sleep(Pause);
        }
    }
}
