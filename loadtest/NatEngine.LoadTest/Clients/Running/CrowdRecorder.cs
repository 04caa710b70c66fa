using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using HdrHistogram;
using NatEngine.LoadTest.Clients.Scenarios;

namespace NatEngine.LoadTest.Clients.Running;

/// <summary>Takes down what a crowd's clients live through while it counts.</summary>
/// <remarks>A latency or a failure counts if what it belongs to was due in the window, however late it ended: what is
/// slow is not left out for being slow. Throughput is what arrived in the window. Safe for use from several threads.
/// </remarks>
internal sealed class CrowdRecorder
{
    // Nanoseconds, to three digits, from 1 to an hour: 250 KiB each.
    private const long LongestLatency = 3600L * 1_000_000_000;
    private const int Digits = 3;

    private readonly HoldWindow _window;
    private readonly LongConcurrentHistogram?[] _latencies =
        new LongConcurrentHistogram?[Enum.GetValues<LatencyPhase>().Length];

    private readonly long[] _octets;
    private readonly long[] _arrived;
    private readonly long[] _ended = new long[FailureCauses.Count];

    /// <summary>Prepares a recorder.</summary>
    public CrowdRecorder(int clients, HoldWindow window)
    {
        _window = window;
        _octets = new long[clients];
        _arrived = new long[clients];
    }

    /// <summary>Octets of content that arrived in the window, one number for each client.</summary>
    public IReadOnlyList<long> OctetsByClient => _octets;

    /// <summary>Transactions that succeeded and ended in the window, all clients together.</summary>
    public long Arrived => _arrived.Sum();

    /// <summary>Transactions due in the window that succeeded.</summary>
    public long Succeeded => _ended[(int)FailureCause.None];

    /// <summary>Transactions due in the window that failed, by cause.</summary>
    public IReadOnlyDictionary<string, long> Failures => Enum.GetValues<FailureCause>()
        .Where(cause => cause != FailureCause.None && _ended[(int)cause] > 0)
        .ToDictionary(FailureCauses.NameOf, cause => _ended[(int)cause]);

    /// <summary>The latencies of a phase.</summary>
    /// <returns>Null if there were none.</returns>
    public HistogramBase? Latencies(LatencyPhase phase) => _latencies[(int)phase];

    /// <summary>Takes down a latency.</summary>
    /// <param name="phase">Of what.</param>
    /// <param name="start">Since when; it counts if this is in the window.</param>
    /// <param name="end">Until when.</param>
    public void Record(LatencyPhase phase, long start, long end)
    {
        if (!_window.Contains(start))
        {
            return;
        }

        long nanoseconds = (long)Stopwatch.GetElapsedTime(start, end).TotalNanoseconds;
        HistogramOf(phase).RecordValue(Math.Clamp(nanoseconds, 1, LongestLatency));
    }

    /// <summary>Counts octets of content that have just arrived.</summary>
    public void AddOctets(int client, long octets)
    {
        if (_window.Contains(Stopwatch.GetTimestamp()))
        {
            Interlocked.Add(ref _octets[client], octets);
        }
    }

    /// <summary>Counts a transaction that has ended.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="due">When it was to begin.</param>
    /// <param name="end">When it ended.</param>
    /// <param name="outcome">How.</param>
    public void End(int client, long due, long end, TransactionOutcome outcome)
    {
        if (_window.Contains(due))
        {
            Interlocked.Increment(ref _ended[(int)outcome.Cause]);
        }

        if (outcome.Succeeded && _window.Contains(end))
        {
            Interlocked.Increment(ref _arrived[client]);
        }
    }

    private LongConcurrentHistogram HistogramOf(LatencyPhase phase)
    {
        ref LongConcurrentHistogram? latencies = ref _latencies[(int)phase];
        if (latencies is { } there)
        {
            return there;
        }

        LongConcurrentHistogram made = new(1, LongestLatency, Digits);
        return Interlocked.CompareExchange(ref latencies, made, null) ?? made;
    }
}
