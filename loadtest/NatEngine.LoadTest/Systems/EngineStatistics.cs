using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace NatEngine.LoadTest.Systems;

/// <summary>Reads the output of <c>natengine stats --output json</c>.</summary>
internal static class EngineStatistics
{
    private static readonly string[] Sides = ["internal", "external"];

    // Losses that are not a decision of the NAT: what its rings could not take, and what could not be sent.
    private static readonly string[] Losses = ["ringDrops", "sendFailures"];

    /// <summary>Sessions, and drops by reason; those of the rings and of sending among them.</summary>
    /// <exception cref="SystemFailedException">It is not what natengine writes.</exception>
    public static SystemReading Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            Dictionary<string, long> drops = root.GetProperty("drops").EnumerateObject()
                .ToDictionary(drop => drop.Name, drop => drop.Value.GetInt64());
            foreach (string loss in Losses)
            {
                drops[loss] = Sides.Sum(side => root.GetProperty(side).GetProperty(loss).GetInt64());
            }

            return new SystemReading
            {
                Sessions = root.GetProperty("tables").GetProperty("sessions").GetInt64(),
                Drops = drops,
                HeapOctets = root.TryGetProperty("memory", out JsonElement memory)
                    ? memory.GetProperty("heapCommittedOctets").GetInt64()
                    : null, // an earlier version of natengine
            };
        }
        catch (System.Exception strange) when (strange is JsonException or KeyNotFoundException
            or System.InvalidOperationException or System.FormatException)
        {
            throw new SystemFailedException($"natengine's statistics cannot be read: {strange.Message}\n{json}");
        }
    }
}
