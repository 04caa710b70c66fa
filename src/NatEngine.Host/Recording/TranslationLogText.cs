using System;
using System.Buffers;
using System.Text.Json;
using NatEngine.Packets;
using NatEngine.Translation;
using static NatEngine.Host.Utf8Line;

namespace NatEngine.Host.Recording;

/// <summary>Writes what happened to external addresses and ports as JSON, an object on a line.</summary>
internal static class TranslationLogText
{
    // A pool's name is the operator's; all else takes less than 300 octets.
    private const int LongestLine = 512;

    /// <summary>The beginning of a log: whatever was there before is over.</summary>
    internal const string Started = "log-started";

    /// <summary>Its end: whatever is there is over.</summary>
    internal const string Stopped = "log-stopped";

    /// <summary>Writes an event.</summary>
    /// <param name="lines">Receives the line.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="at">When, in UTC.</param>
    /// <param name="pool">The pool's name, with what JSON wants escaped.</param>
    internal static void Write(
        IBufferWriter<byte> lines, in TranslationEvent happened, DateTime at, JsonEncodedText pool)
    {
        Span<byte> line = lines.GetSpan(LongestLine + pool.EncodedUtf8Bytes.Length);
        int length = 0;
        Add(line, ref length, $"{{\"time\":\"{at:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"event\":\"{WordOf(happened.Kind)}\",");
        Add(line[length..], ref length, $"\"pool\":\"{pool}\",");
        if (happened.LastPort != 0)
        {
            Add(line[length..], ref length, $"\"internalAddress\":\"{happened.Internal.Address}\",");
            Add(line[length..], ref length, $"\"externalAddress\":\"{happened.External.Address}\",");
            Add(line[length..], ref length, $"\"firstPort\":{happened.External.Port},\"lastPort\":{happened.LastPort}");
        }
        else
        {
            Add(line[length..], ref length, $"\"protocol\":{(byte)happened.Protocol}");
            AddEnd(line, ref length, "internal", happened.Internal);
            AddEnd(line, ref length, "external", happened.External);
            if (happened.Remote != default)
            {
                AddEnd(line, ref length, "remote", happened.Remote);
            }
        }

        "}\n"u8.CopyTo(line[length..]);
        lines.Advance(length + 2);
    }

    /// <summary>Writes that the log begins or ends.</summary>
    internal static void WriteMark(IBufferWriter<byte> lines, string mark, DateTime at)
    {
        int length = 0;
        Add(
            lines.GetSpan(LongestLine), ref length,
            $"{{\"time\":\"{at:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"event\":\"{mark}\"}}\n");
        lines.Advance(length);
    }

    /// <summary>Writes that events are missing.</summary>
    internal static void WriteLost(IBufferWriter<byte> lines, long count, DateTime at)
    {
        int length = 0;
        Add(
            lines.GetSpan(LongestLine), ref length,
            $"{{\"time\":\"{at:yyyy-MM-ddTHH:mm:ss.fffZ}\",\"event\":\"events-lost\",\"count\":{count}}}\n");
        lines.Advance(length);
    }

    private static void AddEnd(Span<byte> line, ref int length, string side, TransportAddress end)
    {
        Add(line[length..], ref length, $",\"{side}Address\":\"{end.Address}\",\"{side}Port\":{end.Port}");
    }

    private static string WordOf(TranslationEventKind kind) => kind switch
    {
        TranslationEventKind.MappingCreated => "mapping-created",
        TranslationEventKind.MappingEnded => "mapping-ended",
        TranslationEventKind.SessionCreated => "session-created",
        TranslationEventKind.SessionEnded => "session-ended",
        TranslationEventKind.BlockAllocated => "block-allocated",
        _ => "block-released",
    };
}
