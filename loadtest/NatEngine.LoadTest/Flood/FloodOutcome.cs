using System.Text.Json;

namespace NatEngine.LoadTest.Flood;

/// <summary>What became of a flood at its source.</summary>
/// <param name="Sent">Frames that the link took.</param>
/// <param name="Unsent">Frames that were offered and that the link did not take. They count as lost.</param>
/// <param name="Seconds">How long it took, from the first frame to the last.</param>
internal sealed record FloodOutcome(long Sent, long Unsent, double Seconds)
{
    /// <summary>Frames offered per second.</summary>
    public double OfferedRate => (Sent + Unsent) / Seconds;

    /// <summary>One line of text, for the process that asked.</summary>
    public string ToLine() => JsonSerializer.Serialize(this);

    /// <summary>Reads <see cref="ToLine"/>'s text.</summary>
    public static FloodOutcome Parse(string line)
        => JsonSerializer.Deserialize<FloodOutcome>(line) ?? throw new JsonException("An outcome is not null.");
}
