using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace NatEngine.Host.Selftesting;

/// <summary>Turns a signal that asks the program to end into a cancellation, so that what it has made is removed before
/// it ends.</summary>
/// <remarks>The lab takes itself away on the same signal, so whatever is under way fails promptly.</remarks>
internal sealed class Interruption : IDisposable
{
    private const int SignalBase = 128; // as shells report a process that died of a signal

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private volatile int _exitCode = Host.ExitCode.Failure;

    /// <summary>Starts listening.</summary>
    internal Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Handle(signal, 2)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Handle(signal, 15)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Handle(signal, 1)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _source.Token;

    /// <summary>What the program should end with, now that it was interrupted.</summary>
    /// <remarks>The lab hears of the signal, too, and maybe first: waits until it is known which one came.</remarks>
    internal int ExitCode
    {
        get
        {
            _source.Token.WaitHandle.WaitOne(Patience);
            return _exitCode;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Handle(PosixSignalContext signal, int number)
    {
        signal.Cancel = true;
        _exitCode = SignalBase + number;
        _source.Cancel();
    }
}
