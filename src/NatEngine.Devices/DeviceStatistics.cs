namespace NatEngine.Devices;

/// <summary>What a device counted since it was opened.</summary>
/// <param name="ReceivedFrames">Frames handed to us.</param>
/// <param name="TransmittedFrames">Frames that the link took.</param>
/// <param name="RingDrops">Frames that the kernel had for us while no slot of the ring was free
/// (<c>PACKET_STATISTICS</c>, <c>tp_drops</c>).</param>
/// <param name="TruncatedFrames">Frames longer than a slot, discarded by the device because what is left of them is of
/// no use.</param>
/// <param name="TransmitRetries">Times the link had to be asked again (<c>ENOBUFS</c>, <c>EAGAIN</c>).</param>
/// <param name="TransmitFailures">Frames that the link did not take: refused one by one, or left over by a call to
/// <see cref="IPacketDevice.Transmit"/> that sent fewer than all.</param>
public readonly record struct DeviceStatistics(
    long ReceivedFrames,
    long TransmittedFrames,
    long RingDrops,
    long TruncatedFrames,
    long TransmitRetries,
    long TransmitFailures);
