using System;

namespace NatEngine.Devices;

/// <summary>The receive ring of an <see cref="AfPacketDevice"/>: memory that the kernel fills and we give
/// back.</summary>
/// <remarks>One thread receives, one thread releases; they may be the same.</remarks>
internal interface IReceiveRing : IDisposable
{
    /// <summary>Frames that were longer than a slot, and discarded.</summary>
    long TruncatedFrames { get; }

    /// <inheritdoc cref="IPacketDevice.Receive"/>
    int Receive(Span<Frame> frames);

    /// <inheritdoc cref="IPacketDevice.Release"/>
    void Release(ReadOnlySpan<Frame> frames);
}
