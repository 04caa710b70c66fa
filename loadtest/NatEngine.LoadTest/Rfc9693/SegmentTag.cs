namespace NatEngine.LoadTest.Rfc9693;

/// <summary>What a TCP segment without payload says of itself: its initial sequence number. The responder begins with
/// the same number, so that either end can make every segment of a connection without remembering any.</summary>
internal static class SegmentTag
{
    private const int FlowBits = 26;
    private const int EpochBits = 3;
    private const uint FlowMask = (1 << FlowBits) - 1;
    private const uint EpochMask = (1 << EpochBits) - 1;

    /// <summary>The initial sequence number of a connection.</summary>
    public static uint Of(byte epoch, FrameKind kind, int flow)
        => ((uint)kind << (FlowBits + EpochBits)) | ((epoch & EpochMask) << FlowBits) | ((uint)flow & FlowMask);

    /// <summary>What the number says.</summary>
    /// <returns>False if it is of another epoch.</returns>
    public static bool TryRead(uint initial, byte epoch, out FrameTag tag)
    {
        int flow = (int)(initial & FlowMask);
        tag = new FrameTag(0, (FrameKind)(initial >> (FlowBits + EpochBits)), flow, (uint)flow, 0);
        return ((initial >> FlowBits) & EpochMask) == (epoch & EpochMask);
    }
}
