using System;
using System.Runtime.InteropServices;

namespace NatEngine.Devices;

/// <summary>Something that frames come from and go to: a network interface, or a stand-in for one in a test.</summary>
/// <remarks>
/// <para>Threads: one thread receives, one thread releases, one thread transmits; they may be three or the same. Frames
/// are released in the order in which they were received. <see cref="ReadStatistics"/> may be called from any. Nothing
/// here blocks, allocates or throws once the device is open; an interface that goes down or away merely brings no more
/// frames and takes none.</para>
/// <para>A device does not know what the octets mean.</para>
/// </remarks>
public interface IPacketDevice : IDisposable
{
    /// <summary>The interface's name.</summary>
    string Name { get; }

    /// <summary>Becomes readable (POLLIN) when frames are waiting; for <see cref="FramePoller"/>.</summary>
    SafeHandle PollHandle { get; }

    /// <summary>Whether <see cref="PollHandle"/> stays readable until the newest frame that came is released, though it
    /// was received long ago.</summary>
    bool IsReadableWhileHeld => false;

    /// <summary>Takes the frames that are waiting, oldest first, without waiting for more.</summary>
    /// <param name="frames">Filled from its start. Each frame is the caller's until it is released.</param>
    /// <returns>How many were taken; 0 if none is waiting or all slots are still held by the caller.</returns>
    int Receive(Span<Frame> frames);

    /// <summary>Gives frames of this device back, in the order in which they were received.</summary>
    void Release(ReadOnlySpan<Frame> frames);

    /// <summary>Sends frames, wherever they stand: in this device's ring, another's, or a pool.</summary>
    /// <returns>How many of the first the device is done with: sent, or refused for what they are (longer than the MTU
    /// and no super-frame, say), which stops none behind them and is counted in
    /// <see cref="DeviceStatistics.TransmitFailures"/>. When fewer than all, the link would not take the rest even
    /// after the device's bounded retries, or is down or gone: they too are counted there, and are the caller's to
    /// drop.</returns>
    int Transmit(ReadOnlySpan<Frame> frames);

    /// <summary>Reads what the device counted since it was opened.</summary>
    DeviceStatistics ReadStatistics();
}
