using System.Text.Json;

namespace NatEngine.LoadTest.Measurements;

/// <summary>What iperf3 reports of a stream.</summary>
/// <param name="ReceivedBitsPerSecond">What arrived at the server.</param>
/// <param name="Retransmissions">Segments that the client sent again.</param>
internal sealed record IperfReport(double ReceivedBitsPerSecond, long Retransmissions)
{
    /// <summary>Reads the output of <c>iperf3 --json</c>.</summary>
    /// <returns>Null if it tells of no finished stream.</returns>
    public static IperfReport? Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("end", out JsonElement end)
                && end.TryGetProperty("sum_received", out JsonElement received)
                && end.TryGetProperty("sum_sent", out JsonElement sent)
                    ? new IperfReport(
                        received.GetProperty("bits_per_second").GetDouble(),
                        sent.TryGetProperty("retransmits", out JsonElement again) ? again.GetInt64() : 0)
                    : null;
        }
        catch (JsonException)
        {
            return null; // It was interrupted, or wrote an error and no report.
        }
    }
}
