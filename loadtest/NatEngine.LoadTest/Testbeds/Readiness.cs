using System;
using System.Diagnostics;
using NatEngine.Lab;
using NatEngine.LoadTest.Systems;

namespace NatEngine.LoadTest.Testbeds;

/// <summary>Waits for a system to do what it is there for, rather than for what it says.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Pings through the system until there is an answer.</summary>
    /// <exception cref="SystemFailedException">There was none, or the system died.</exception>
    public static void Await(Testbed testbed, ISystemUnderTest system)
    {
        Stopwatch watch = Stopwatch.StartNew();
        do
        {
            ProgramResult ping = testbed.Inside.Run("ping", ["-n", "-c", "1", "-W", "0.2", $"{Testbed.Target}"]);
            if (ping.Succeeded)
            {
                return;
            }

            system.EnsureAlive();
        }
        while (watch.Elapsed < Patience);

        throw new SystemFailedException(
            $"{system.Name} does not forward: no ping was answered within {Patience.TotalSeconds:0} s of its start.");
    }
}
