using System;
using System.Threading;
using NatEngine.Devices;

namespace NatEngine.Pipeline.Forwarding;

/// <summary>What is counted at one port. Each number has one writing stage, named below; any thread reads.</summary>
/// <remarks>The stages add once per batch, so that they write the same cache line rarely enough not to
/// matter.</remarks>
internal sealed class PortMeter
{
    // ReceiveStage
    private long _receivedFrames;
    private long _receivedOctets;

    // TransmitStage
    private long _transmittedFrames;
    private long _transmittedOctets;

    // LookupStage
    private long _leftToKernel;
    private long _arpRequestsReceived;
    private long _arpRepliesReceived;
    private long _arpRequestsSent;
    private long _arpRepliesSent;
    private long _arpConflicts;

    internal void CountReceived(ReadOnlySpan<Frame> frames) => Count(frames, ref _receivedFrames, ref _receivedOctets);

    internal void CountTransmitted(ReadOnlySpan<Frame> frames)
        => Count(frames, ref _transmittedFrames, ref _transmittedOctets);

    internal void CountLeftToKernel() => Add(ref _leftToKernel, 1);

    internal void CountArpRequestReceived() => Add(ref _arpRequestsReceived, 1);

    internal void CountArpReplyReceived() => Add(ref _arpRepliesReceived, 1);

    internal void CountArpRequestSent() => Add(ref _arpRequestsSent, 1);

    internal void CountArpReplySent() => Add(ref _arpRepliesSent, 1);

    internal void CountArpConflict() => Add(ref _arpConflicts, 1);

    internal PortCounters Read() => new(
        Volatile.Read(ref _receivedFrames),
        Volatile.Read(ref _receivedOctets),
        Volatile.Read(ref _transmittedFrames),
        Volatile.Read(ref _transmittedOctets),
        Volatile.Read(ref _leftToKernel),
        new ArpCounters(
            Volatile.Read(ref _arpRequestsReceived),
            Volatile.Read(ref _arpRepliesReceived),
            Volatile.Read(ref _arpRequestsSent),
            Volatile.Read(ref _arpRepliesSent),
            Volatile.Read(ref _arpConflicts)));

    private static void Count(ReadOnlySpan<Frame> frames, ref long frameCount, ref long octetCount)
    {
        long octets = 0;
        foreach (Frame frame in frames)
        {
            octets += frame.Length;
        }

        Add(ref frameCount, frames.Length);
        Add(ref octetCount, octets);
    }

    private static void Add(ref long count, long amount) => Volatile.Write(ref count, count + amount);
}
