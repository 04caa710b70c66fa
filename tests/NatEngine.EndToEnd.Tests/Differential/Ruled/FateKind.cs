namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>What can become of a packet.</summary>
internal enum FateKind
{
    /// <summary>Dropped in silence.</summary>
    Dropped,

    /// <summary>Dropped with an answer.</summary>
    Rejected,

    /// <summary>Sent on.</summary>
    Forwarded,
}
