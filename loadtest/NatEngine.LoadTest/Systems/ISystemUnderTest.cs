using System;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Systems;

/// <summary>What stands between the inside and the remote host, and is measured.</summary>
/// <remarks>Used by one thread, once: set up, measured, disposed of.</remarks>
internal interface ISystemUnderTest : IDisposable
{
    /// <summary>How the command line and the results call it.</summary>
    string Name { get; }

    /// <summary>False if it lives without a gateway: the two ends are cabled together.</summary>
    bool NeedsGateway { get; }

    /// <summary>True if it is a program that the kernel hands frames to, false if it is the kernel.</summary>
    bool InUserSpace { get; }

    /// <summary>True if the remote host must see the external address only, false if the clients' own.</summary>
    bool Translates { get; }

    /// <summary>Puts the system into the gateway of a fresh testbed. When it returns, packets are about to be
    /// forwarded; the caller waits until they are.</summary>
    /// <exception cref="Exception">A <see cref="Lab.LabException"/> or <see cref="SystemFailedException"/> that says
    /// why the system cannot be had.</exception>
    void SetUp(Testbed testbed);

    /// <summary>Forgets every session, as after a fresh start.</summary>
    void ResetState();

    /// <summary>Makes sure that the system still stands.</summary>
    /// <exception cref="SystemFailedException">It does not; the message says why, as far as can be known.</exception>
    void EnsureAlive();

    /// <summary>Reads what the system can tell of itself.</summary>
    SystemReading Read();
}
