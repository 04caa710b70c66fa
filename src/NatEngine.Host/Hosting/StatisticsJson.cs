using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NatEngine.Packets;

namespace NatEngine.Host.Hosting;

/// <summary>Writes <see cref="Statistics"/> for programs: the words of <see cref="StatisticsText"/> as keys, in
/// camelCase.</summary>
internal static class StatisticsJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes one JSON object, line by line.</summary>
    internal static void Write(Statistics statistics, Action<string> writeLine)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Indented))
        {
            json.WriteStartObject();
            json.WriteString("version", statistics.Version);
            json.WriteNumber("uptimeSeconds", (long)statistics.Uptime.TotalSeconds);
            json.WriteString("layout", statistics.Layout.ToString());
            json.WriteNumber("lanes", statistics.Lanes);
            WritePort(json, "internal", statistics.InternalInterface, statistics, port => port.Internal);
            WritePort(json, "external", statistics.ExternalInterface, statistics, port => port.External);
            WriteCounts(json, "tables", StatisticsText.Tables(statistics));
            WriteCounts(json, "memory", StatisticsText.Memory(statistics));
            json.WriteStartObject("drops");
            foreach ((DropReason reason, long count) in statistics.Pipeline.Drops.OrderBy(drop => drop.Key))
            {
                json.WriteNumber(reason.ToString(), count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        foreach (string line in Encoding.UTF8.GetString(text.ToArray()).Split('\n'))
        {
            writeLine(line);
        }
    }

    private static void WriteCounts(Utf8JsonWriter json, string group, IEnumerable<(string Name, long Count)> counts)
    {
        json.WriteStartObject(group);
        foreach ((string name, long count) in counts)
        {
            json.WriteNumber(KeyOf(name), count);
        }

        json.WriteEndObject();
    }

    private static void WritePort(
        Utf8JsonWriter json,
        string side,
        string interfaceName,
        Statistics statistics,
        Func<(string Name, long Internal, long External), long> select)
    {
        json.WriteStartObject(side);
        json.WriteString("interface", interfaceName);
        foreach ((string Name, long Internal, long External) port in StatisticsText.Ports(statistics))
        {
            json.WriteNumber(KeyOf(port.Name), select(port));
        }

        json.WriteEndObject();
    }

    // "received packets" is receivedPackets.
    private static string KeyOf(string name)
    {
        string[] words = name.Split(' ');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
