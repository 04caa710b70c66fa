namespace NatEngine.LoadTest.Clients.Scenarios;

/// <summary>Names phases in results and reports.</summary>
internal static class LatencyPhases
{
    private static readonly string[] Names =
        ["response", "lookup", "connect", "first-octet", "outbound", "inbound", "lag"];

    /// <summary>The word for a phase.</summary>
    public static string NameOf(LatencyPhase phase) => Names[(int)phase];
}
