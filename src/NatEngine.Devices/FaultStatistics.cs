namespace NatEngine.Devices;

/// <summary>How many faults a <see cref="FaultInjectingDevice"/> has injected, in both directions together.</summary>
/// <param name="Dropped">Frames that vanished.</param>
/// <param name="Duplicated">Frames that came twice.</param>
/// <param name="Reordered">Frames that changed places with the one after them.</param>
/// <param name="Corrupted">Frames of which a bit was turned.</param>
/// <param name="Refused">Calls that ended early.</param>
public readonly record struct FaultStatistics(
    long Dropped,
    long Duplicated,
    long Reordered,
    long Corrupted,
    long Refused);
