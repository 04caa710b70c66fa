using System;

namespace NatEngine.Devices;

/// <summary>A way for an <see cref="AfPacketDevice"/>'s frames to the link.</summary>
/// <remarks>One thread transmits; the counters may be read from any.</remarks>
internal interface IFrameTransmitter : IDisposable
{
    /// <inheritdoc cref="DeviceStatistics.TransmittedFrames"/>
    long Sent { get; }

    /// <inheritdoc cref="DeviceStatistics.TransmitRetries"/>
    long Retries { get; }

    /// <inheritdoc cref="DeviceStatistics.TransmitFailures"/>
    long Failures { get; }

    /// <inheritdoc cref="IPacketDevice.Transmit"/>
    int Transmit(ReadOnlySpan<Frame> frames);
}
