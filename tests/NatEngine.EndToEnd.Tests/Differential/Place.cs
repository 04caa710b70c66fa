namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Where a packet is sent from, or comes out.</summary>
internal enum Place
{
    /// <summary>The first inside host, 100.64.0.10.</summary>
    Client,

    /// <summary>The second, 100.64.0.11.</summary>
    Neighbour,

    /// <summary>The outside.</summary>
    Remote,
}
