using NatEngine.Packets;

namespace NatEngine.Translation.Tests.Wire;

/// <summary>What became of a packet.</summary>
internal sealed record Outcome(Verdict Verdict, byte[]? Frame, FlowTuple Tuple)
{
    public DropReason Reason => Verdict.Reason;

    public bool Forwarded => Verdict.Kind == VerdictKind.Forward;

    public string Source => Tuple.Source.ToString();

    public string Destination => Tuple.Destination.ToString();

    /// <summary>The packet went on, and looks like that.</summary>
    public Outcome MustLeave(Realm egress, string source, string destination)
    {
        Assert.True(Forwarded, $"dropped: {Reason}");
        Assert.Equal(egress, Verdict.Egress);
        Assert.Equal((source, destination), (Source, Destination));
        return this;
    }

    /// <summary>The packet was dropped, and for that reason.</summary>
    public Outcome MustDrop(DropReason reason)
    {
        Assert.Equal((VerdictKind.Drop, reason), (Verdict.Kind, Reason));
        return this;
    }
}
