using NatEngine.Benchmarks.Translation;

namespace NatEngine.Benchmarks.Pipeline;

/// <summary>What a batch of packets is like.</summary>
/// <param name="Sessions">How many sessions there are.</param>
/// <param name="Arrivals">Whose packets come next.</param>
/// <param name="Batch">How many packets make a batch.</param>
/// <param name="FrameLength">Octets of a frame, without its check sequence.</param>
public sealed record BatchCase(int Sessions, Arrivals Arrivals, int Batch, int FrameLength)
{
    private const int CheckSequence = 4;

    /// <inheritdoc/>
    public override string ToString()
        => $"{SessionsText()} sessions, {Arrivals}, batch {Batch}, frame {FrameText()}";

    private string SessionsText() => Sessions switch
    {
        >= 1_000_000 => $"{Sessions / 1_000_000}M",
        _ => $"{Sessions / 1_024}k",
    };

    private string FrameText() => FrameLength > ushort.MaxValue ? "64Ki" : $"{FrameLength + CheckSequence}";
}
