using System;

namespace NatEngine.Translation.Tables;

/// <summary>What is known of a session, a bit each.</summary>
[Flags]
internal enum SessionFlags : ushort
{
    None = 0,

    /// <summary>Packets of the original direction come in from the external realm. Bit 0, so that a shift by the
    /// direction and a mask give the <see cref="Realm"/>.</summary>
    OriginalFromExternal = 1,

    /// <summary>Packets of the reply direction come in from the external realm.</summary>
    ReplyFromExternal = 1 << 1,

    /// <summary>A packet has come in the reply direction (nf_conntrack's SEEN_REPLY).</summary>
    SeenReply = 1 << 2,

    /// <summary>Both ends have shown that they want the session (nf_conntrack's ASSURED).</summary>
    Assured = 1 << 3,

    /// <summary>A packet that is nothing special (of TCP: ACK, and none of SYN, FIN and RST) changes nothing but timer
    /// and counters: the fast path.</summary>
    Settled = 1 << 4,

    /// <summary>The end of the original direction has sent FIN.</summary>
    OriginalFin = 1 << 5,

    /// <summary>The end of the reply direction has sent FIN.</summary>
    ReplyFin = 1 << 6,

    /// <summary>The next packet of the original direction is to be held against the rules.</summary>
    AskOriginal = 1 << 7,

    /// <summary>The next packet of the reply direction is to be held against the rules.</summary>
    AskReply = 1 << 8,

    /// <summary>Rules have let the session open, and are asked about ICMP errors that belong to it.</summary>
    Ruled = 1 << 9,
}
