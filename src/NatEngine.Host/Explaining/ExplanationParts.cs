using System.Text.Json;
using NatEngine.Host.Settings;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Writes the parts of an explanation as JSON.</summary>
internal static class ExplanationParts
{
    /// <summary>A session.</summary>
    internal static void Write(Utf8JsonWriter json, in SessionSnapshot session, TupleDirection direction)
    {
        json.WriteStartObject("session");
        json.WriteNumber("id", session.Id);
        json.WriteString("state", SessionText.StateOf(session));
        json.WriteNumber("endsInSeconds", session.Remaining.TotalSeconds);
        json.WriteString("direction", SettingWords.Of(direction));
        json.WriteString("original", PacketText.Of(session.Original));
        json.WriteString("reply", PacketText.Of(session.Reply));
        json.WriteNumber("originalPackets", session.OriginalPackets);
        json.WriteNumber("originalOctets", session.OriginalOctets);
        json.WriteNumber("replyPackets", session.ReplyPackets);
        json.WriteNumber("replyOctets", session.ReplyOctets);
        json.WriteEndObject();
    }

    /// <summary>A mapping.</summary>
    internal static void Write(Utf8JsonWriter json, ExplainedMapping mapping, GatewayNames names)
    {
        json.WriteStartObject("mapping");
        json.WriteString("internal", mapping.Internal.ToString());
        json.WriteString("external", mapping.External.ToString());
        json.WriteString("pool", names.Pools[mapping.Pool]);
        json.WriteNumber("sessions", mapping.Sessions);
        json.WriteBoolean("isPublished", mapping.IsPublished);
        json.WriteString("mapping", SettingWords.Of(mapping.Mapping));
        json.WriteString("filtering", SettingWords.Of(mapping.Filtering));
        json.WriteEndObject();
    }

    /// <summary>What an internal address has of what it may have.</summary>
    internal static void Write(Utf8JsonWriter json, SubscriberStanding standing)
    {
        json.WriteStartObject("quota");
        json.WriteString("address", standing.Address.ToString());
        json.WriteNumber("sessions", standing.Sessions);
        json.WriteNumber("maxSessions", standing.Limits.Sessions);
        json.WriteNumber("ports", standing.Ports);
        json.WriteNumber("maxPorts", standing.Limits.Ports);
        json.WriteNumber("newSessions", standing.NewSessions);
        json.WriteNumber("maxNewSessionsPerSecond", standing.Limits.NewSessionsPerSecond);
        json.WriteEndObject();
    }

    /// <summary>What a session is seen under.</summary>
    internal static void Write(Utf8JsonWriter json, ExplainedPort port, GatewayNames names)
    {
        bool hasRange = port.Origin is not (PortOrigin.Mapping or PortOrigin.AddressAlone);
        json.WriteStartObject("source");
        json.WriteString("address", port.External.Address.ToString());
        if (port.Origin is not (PortOrigin.Drawn or PortOrigin.AddressAlone))
        {
            json.WriteNumber("port", port.External.Port);
        }

        json.WriteString("because", SettingWords.Of(port.Origin));
        json.WriteString("pool", port.Pool is byte pool ? names.Pools[pool] : null);
        if (hasRange)
        {
            json.WriteString("ports", port.Within.ToString());
            json.WriteNumber("free", port.Free);
            json.WriteBoolean("isOfBlock", port.IsOfBlock);
            json.WriteBoolean("isNewBlock", port.IsNewBlock);
            json.WriteBoolean("isComputed", port.IsComputed);
            json.WriteBoolean("isShared", port.IsShared);
            json.WriteBoolean("isOwnPortElsewhere", port.IsOwnPortElsewhere);
        }

        json.WriteEndObject();
    }
}
