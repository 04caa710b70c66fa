namespace NatEngine.Pipeline;

/// <summary>What one port counted since the pipeline was made. A super-frame counts as one frame.</summary>
/// <param name="ReceivedFrames">Frames taken from the device.</param>
/// <param name="ReceivedOctets">Their octets, Ethernet headers included.</param>
/// <param name="TransmittedFrames">Frames that the device was done with.</param>
/// <param name="TransmittedOctets">Their octets.</param>
/// <param name="LeftToKernel">Received frames that are the kernel's business: other protocols, its own traffic.</param>
/// <param name="Arp">What was said in ARP.</param>
public readonly record struct PortCounters(
    long ReceivedFrames,
    long ReceivedOctets,
    long TransmittedFrames,
    long TransmittedOctets,
    long LeftToKernel,
    ArpCounters Arp)
{
    /// <summary>What two lanes counted at their parts of one port.</summary>
    internal static PortCounters Sum(PortCounters one, PortCounters other) => new(
        one.ReceivedFrames + other.ReceivedFrames,
        one.ReceivedOctets + other.ReceivedOctets,
        one.TransmittedFrames + other.TransmittedFrames,
        one.TransmittedOctets + other.TransmittedOctets,
        one.LeftToKernel + other.LeftToKernel,
        ArpCounters.Sum(one.Arp, other.Arp));
}
