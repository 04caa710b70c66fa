using System;

namespace NatEngine.Host.Receiving;

/// <summary>What was received so far, of both interfaces.</summary>
/// <param name="At">When.</param>
/// <param name="Received">Frames that the rings gave.</param>
/// <param name="Lost">Frames for which they had no slot.</param>
internal readonly record struct ReceiveSample(TimeSpan At, long Received, long Lost);
