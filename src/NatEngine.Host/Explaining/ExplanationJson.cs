using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using NatEngine.Host.Settings;
using NatEngine.Packets;
using NatEngine.Pipeline;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Writes what would become of a packet for programs.</summary>
internal sealed class ExplanationJson(GatewayNames names)
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for people, too: ->, '
    };

    /// <summary>An object, line by line.</summary>
    internal IReadOnlyList<string> Of(PacketExplanation explanation)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Indented))
        {
            Write(json, explanation);
        }

        return Encoding.UTF8.GetString(text.ToArray()).Split('\n');
    }

    /// <summary>Packets that were dropped, and what would become of some of them now.</summary>
    internal IReadOnlyList<string> Of(
        DropReason reason, IReadOnlyList<(DroppedPacket Packet, PacketExplanation? Now)> dropped, long count)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Indented))
        {
            json.WriteStartObject();
            json.WriteString("reason", reason.ToString());
            json.WriteString("why", DropReasonText.Of(reason));
            json.WriteNumber("count", count);
            json.WriteStartArray("last");
            foreach ((DroppedPacket packet, PacketExplanation? now) in dropped)
            {
                Write(json, packet, now);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()).Split('\n');
    }

    private void Write(Utf8JsonWriter json, DroppedPacket packet, PacketExplanation? now)
    {
        json.WriteStartObject();
        json.WriteNumber("secondsAgo", packet.Age.TotalSeconds);
        json.WriteString("in", packet.Ingress is Realm ingress ? names.Of(ingress) : null);
        json.WriteNumber("frameOctets", packet.FrameLength);
        json.WriteString("packet", PacketText.Of(packet.Facts));
        if (now is not null)
        {
            json.WritePropertyName("now");
            Write(json, now);
        }

        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, PacketExplanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("packet", PacketText.Of(explanation.Packet));
        json.WriteString("in", names.Of(explanation.Ingress));
        json.WriteString("inBecause", SettingWords.Of(explanation.IngressChoice));
        if (explanation.Translation is Explanation translation)
        {
            Write(json, translation);
        }

        if (explanation.Hop is HopExplanation hop)
        {
            json.WriteStartObject("route");
            json.WriteString("out", names.Of(explanation.Translation!.Egress));
            json.WriteString("nextHop", hop.NextHop?.ToString());
            json.WriteBoolean("isRouter", hop.IsRouter);
            json.WriteString("neighbour", hop.Neighbour.ToLowerInvariant());
            json.WriteString("station", hop.Station == default ? null : hop.Station.ToString());
            json.WriteEndObject();
        }

        WriteVerdict(json, explanation);
        if (explanation.Onward is PacketExplanation onward)
        {
            json.WritePropertyName("onward");
            Write(json, onward);
        }

        json.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter json, PacketExplanation explanation)
    {
        json.WriteString("verdict", SettingWords.Of(explanation.Fate));
        if (explanation.Reason != DropReason.None)
        {
            json.WriteString("reason", explanation.Reason.ToString());
            json.WriteString("why", DropReasonText.Of(explanation.Reason));
        }

        if (explanation is { Fate: PacketFate.Forwarded, Translation: { } translation })
        {
            json.WriteString("leavesAs", PacketText.Of(translation.Leaving));
        }

        if (explanation.Translation is { } decided)
        {
            json.WriteBoolean("isCertain", decided.IsCertain);
        }
    }

    private void Write(Utf8JsonWriter json, Explanation translation)
    {
        if (translation.Session is SessionSnapshot session)
        {
            ExplanationParts.Write(json, session, translation.Direction);
        }

        json.WriteStartArray("rules");
        foreach (ExplainedHook hook in translation.ReadRules())
        {
            foreach (ExplainedRule rule in hook.Rules)
            {
                Write(json, hook, rule);
            }
        }

        json.WriteEndArray();
        if (translation.Mapping is ExplainedMapping mapping)
        {
            ExplanationParts.Write(json, mapping, names);
        }

        if (translation.Subscriber is SubscriberStanding standing)
        {
            ExplanationParts.Write(json, standing);
        }

        if (translation.Port is ExplainedPort port)
        {
            ExplanationParts.Write(json, port, names);
        }
    }

    private void Write(Utf8JsonWriter json, ExplainedHook hook, ExplainedRule asked)
    {
        json.WriteStartObject();
        json.WriteString("table", hook.Table);
        json.WriteString("hook", hook.Chain);
        json.WriteString("rule", RuleWay.TextOf(asked.Location));
        if (RuleWay.LineOf(asked.Location) is int line)
        {
            json.WriteNumber("line", line);
        }

        json.WriteBoolean("applies", asked.Fits);
        if (asked.Misfit is IRuleMatch misfit)
        {
            json.WriteString("misfit", RuleWay.TextOf(misfit));
            json.WriteString("because", MisfitText.Of(misfit, asked.Packet, names));
        }

        json.WriteEndObject();
    }
}
