using System;
using NatEngine.LoadTest.Machine;
using NatEngine.LoadTest.Testbeds;

namespace NatEngine.LoadTest.Systems;

/// <summary>What stands between the inside and the remote host, and is measured.</summary>
/// <remarks>Used by one thread, once: set up, measured, disposed of.</remarks>
internal interface ISystemUnderTest : IDisposable
{
    /// <summary>How the results call it: its label among the systems of the run.</summary>
    string Name { get; }

    /// <summary>True if the remote host must see the external address only, false if the clients' own.</summary>
    bool Translates { get; }

    /// <summary>Builds the network that the system is measured in.</summary>
    /// <param name="cores">Which processor does what.</param>
    /// <param name="receive">Where frames for a system in user space are received.</param>
    /// <exception cref="Lab.LabException">This machine cannot, or the kernel would not.</exception>
    Testbed Build(CorePlacement cores, ReceivePlace receive);

    /// <summary>Puts the system into the gateway of a testbed that it has built. When it returns, packets are about to
    /// be forwarded; the caller waits until they are.</summary>
    /// <exception cref="Exception">A <see cref="Lab.LabException"/> or <see cref="SystemFailedException"/> that says
    /// why the system cannot be had.</exception>
    void SetUp(Testbed testbed);

    /// <summary>Forgets every session, as after a fresh start. The caller waits until <see cref="Read"/> says that
    /// there is none.</summary>
    void ResetState();

    /// <summary>Makes sure that the system still stands.</summary>
    /// <exception cref="SystemFailedException">It does not; the message says why, as far as can be known.</exception>
    void EnsureAlive();

    /// <summary>Reads what the system can tell of itself.</summary>
    SystemReading Read();
}
