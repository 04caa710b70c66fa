using System;
using System.Collections.Generic;
using System.Globalization;
using NatEngine.Host.Conntrack;
using NatEngine.Packets;
using NatEngine.Translation;
using NatEngine.Translation.Explaining;

namespace NatEngine.Host.Explaining;

/// <summary>Writes a session at length.</summary>
internal static class SessionText
{
    /// <summary>Its lines: what it is, and what is done to its packets both ways.</summary>
    internal static IReadOnlyList<string> Of(in SessionSnapshot session, TupleDirection direction) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"number {session.Id}, {StateOf(session)}, ends in {Math.Max(0, session.Remaining.TotalSeconds):0} s; "
            + $"the packet goes in its {direction.ToString().ToLowerInvariant()} direction"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"original  {PacketText.EndsOf(session.Original)} leaves as {PacketText.EndsOf(session.Reply.Reply())}, "
            + $"packets {session.OriginalPackets}, octets {session.OriginalOctets}"),
        string.Create(
            CultureInfo.InvariantCulture,
            $"reply     {PacketText.EndsOf(session.Reply)} leaves as {PacketText.EndsOf(session.Original.Reply())}, "
            + $"packets {session.ReplyPackets}, octets {session.ReplyOctets}"),
    ];

    /// <summary>The state of a session, as conntrack names it.</summary>
    internal static string StateOf(in SessionSnapshot session)
    {
        string state = session.Protocol == IpProtocol.Tcp ? ConntrackText.StateNames[(int)session.State] : "";
        string answered = session.SeenReply ? session.Assured ? "ASSURED" : "answered" : "UNREPLIED";
        return $"{state} {answered}".Trim();
    }
}
