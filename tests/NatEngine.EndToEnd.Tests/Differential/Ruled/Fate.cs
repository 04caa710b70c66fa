namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>What a gateway made of a packet.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="At">Who received it, or, if it was rejected, who was told.</param>
/// <param name="Source">The source that it came out with; empty if it did not.</param>
/// <param name="Destination">The destination that it came out with.</param>
/// <param name="Answer">How it was rejected.</param>
internal sealed record Fate(
    FateKind Kind, Place At = default, string Source = "", string Destination = "", string Answer = "")
{
    /// <summary>It went nowhere, and nobody was told.</summary>
    public static Fate Dropped { get; } = new(FateKind.Dropped);

    public override string ToString() => Kind switch
    {
        FateKind.Dropped => "nothing",
        FateKind.Rejected => $"{At} is told {Answer}",
        _ => $"{At} has it {Source} -> {Destination}",
    };
}
