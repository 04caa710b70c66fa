namespace NatEngine.Host.Receiving;

/// <summary>What became of the time of the processors that packet threads run on.</summary>
/// <param name="Interrupts">Share of soft interrupts, which is where the kernel receives; of the processor that has
/// most of them.</param>
/// <param name="Idle">Share that nobody wanted, of the busiest of them.</param>
internal readonly record struct ProcessorShares(double Interrupts, double Idle);
