using System;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>Makes a <see cref="SessionSnapshot"/> of the two halves of a session.</summary>
internal static class Snapshots
{
    /// <summary>What the session is at <paramref name="now"/>.</summary>
    public static SessionSnapshot Of(in Session session, in ColdSession cold, Timestamp now) => new()
    {
        Id = cold.Id,
        Original = session.Tuples[(int)TupleDirection.Original],
        Reply = session.Tuples[(int)TupleDirection.Reply],
        OriginalIngress = session.IngressOf(TupleDirection.Original),
        ReplyIngress = session.IngressOf(TupleDirection.Reply),
        State = session.State,
        Remaining = TimeSpan.FromMilliseconds((int)(session.Deadline - (uint)now.Milliseconds)),
        OriginalPackets = Wide(cold.PacketsHigh[(int)TupleDirection.Original], session.PacketsLow[0]),
        ReplyPackets = Wide(cold.PacketsHigh[(int)TupleDirection.Reply], session.PacketsLow[1]),
        OriginalOctets = Wide(cold.OctetsHigh[(int)TupleDirection.Original], session.OctetsLow[0]),
        ReplyOctets = Wide(cold.OctetsHigh[(int)TupleDirection.Reply], session.OctetsLow[1]),
        SeenReply = session.Has(SessionFlags.SeenReply),
        Assured = session.Has(SessionFlags.Assured),
    };

    private static ulong Wide(uint high, uint low) => ((ulong)high << 32) | low;
}
