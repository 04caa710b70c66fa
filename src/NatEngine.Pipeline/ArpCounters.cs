namespace NatEngine.Pipeline;

/// <summary>What was said in ARP at one port since the pipeline was made.</summary>
/// <param name="RequestsReceived">Requests heard, whoever they were for.</param>
/// <param name="RepliesReceived">Replies heard.</param>
/// <param name="RequestsSent">Requests of ours.</param>
/// <param name="RepliesSent">Replies for owned addresses.</param>
/// <param name="Conflicts">Packets in which another station claimed an address of ours (RFC 5227).</param>
public readonly record struct ArpCounters(
    long RequestsReceived,
    long RepliesReceived,
    long RequestsSent,
    long RepliesSent,
    long Conflicts)
{
    /// <summary>What two lanes said and heard at their parts of one port.</summary>
    internal static ArpCounters Sum(ArpCounters one, ArpCounters other) => new(
        one.RequestsReceived + other.RequestsReceived,
        one.RepliesReceived + other.RepliesReceived,
        one.RequestsSent + other.RequestsSent,
        one.RepliesSent + other.RepliesSent,
        one.Conflicts + other.Conflicts);
}
