using System;
using System.Threading;
using Microsoft.Extensions.Logging;
using NatEngine.Devices;

namespace NatEngine.Host.Receiving;

/// <summary>How the kernel receives one interface: as it is set, or in threads while that is asked for.</summary>
/// <remarks>A gateway without threads is slower under overload, not wrong: what the kernel refuses is logged, once, and
/// not asked for again. Any thread may read; one at a time may change it.</remarks>
internal sealed class InterfaceReceiving(string interfaceName, ILogger logger) : IDisposable
{
    private NapiThreads? _threads;
    private long _switches;
    private volatile bool _isInThreads;
    private volatile bool _isSettled;

    /// <summary>Whether it is received in threads by this gateway's doing.</summary>
    internal bool IsInThreads => _isInThreads;

    /// <summary>How often the gateway has changed that.</summary>
    internal long Switches => Interlocked.Read(ref _switches);

    /// <summary>Whether threads cannot be had, or are there without the gateway's doing.</summary>
    internal bool IsSettled => _isSettled;

    /// <summary>Moves it to threads, if that can be done.</summary>
    internal void UseThreads()
    {
        if (_isSettled || _threads is not null)
        {
            return;
        }

        try
        {
            _threads = NapiThreads.Start(interfaceName);
            if (_threads.WereThere)
            {
                _isSettled = true;
                ReceivingLog.ThreadsWereThere(logger, interfaceName);
                return;
            }

            Changed(isInThreads: true);
            if (_threads.Count == 0)
            {
                ReceivingLog.ThreadsUnseen(logger, interfaceName);
            }
            else
            {
                ReceivingLog.Threads(logger, interfaceName, _threads.Count);
            }
        }
        catch (DeviceException error)
        {
            _isSettled = true;
            ReceivingLog.NotThreaded(logger, interfaceName, error.Message);
        }
    }

    /// <summary>Puts it back as it was.</summary>
    internal void UseInterrupts()
    {
        if (_isInThreads)
        {
            Dispose();
            Changed(isInThreads: false);
            ReceivingLog.Interrupts(logger, interfaceName);
        }
    }

    public void Dispose()
    {
        _threads?.Dispose();
        _threads = null;
    }

    private void Changed(bool isInThreads)
    {
        _isInThreads = isInThreads;
        Interlocked.Increment(ref _switches);
    }
}
