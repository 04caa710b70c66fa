namespace NatEngine.Devices;

/// <summary>How often a <see cref="FaultInjectingDevice"/> does what to a frame, in one direction. Each is a
/// probability from 0 (never, the default) to 1 (always).</summary>
public sealed record FaultRates
{
    /// <summary>No faults.</summary>
    public static FaultRates None { get; } = new();

    /// <summary>The frame vanishes.</summary>
    public double Drop { get; init; }

    /// <summary>The frame comes twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>The frame changes places with the one after it.</summary>
    public double Reorder { get; init; }

    /// <summary>One bit of the frame is turned.</summary>
    public double Corrupt { get; init; }

    /// <summary>The call ends before the frame, as if no more were waiting or the link took no more.</summary>
    public double Refuse { get; init; }
}
