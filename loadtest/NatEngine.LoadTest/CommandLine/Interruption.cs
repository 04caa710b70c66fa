using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace NatEngine.LoadTest.CommandLine;

/// <summary>Turns the first signal that asks the program to end into a cancellation, so that it can write down what it
/// has. The second ends it at once.</summary>
/// <remarks>The lab takes itself away on the same signal, so whatever is being measured fails promptly.</remarks>
internal sealed class Interruption : IDisposable
{
    private static readonly Dictionary<PosixSignal, int> ExitCodes = new()
    {
        [PosixSignal.SIGINT] = LoadTest.ExitCode.Interrupted,
        [PosixSignal.SIGTERM] = LoadTest.ExitCode.Terminated,
        [PosixSignal.SIGHUP] = LoadTest.ExitCode.Terminated,
    };

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Starts listening for signals.</summary>
    public Interruption() => _registrations =
        [.. ExitCodes.Keys.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What the program should end with; null if no signal came.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        if (!_source.IsCancellationRequested)
        {
            signal.Cancel = true;
            ExitCode = ExitCodes[signal.Signal];
            _source.Cancel();
        }
    }
}
