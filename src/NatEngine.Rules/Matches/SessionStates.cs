using System;

namespace NatEngine.Rules.Matches;

/// <summary>What a packet is to its session, in the words of <c>--state</c> and <c>--ctstate</c>.</summary>
[Flags]
public enum SessionStates
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>It belongs to no session and can open none.</summary>
    Invalid = 1,

    /// <summary>It opens a session, or belongs to one that was never answered.</summary>
    New = 2,

    /// <summary>It opens a session that another one announced, or is an ICMP error about one.</summary>
    Related = 4,

    /// <summary>It belongs to a session that has been answered.</summary>
    Established = 8,

    /// <summary>It is exempt from tracking, which nothing is here: table raw is not supported.</summary>
    Untracked = 16,

    /// <summary>Its session's source is translated.</summary>
    Snat = 32,

    /// <summary>Its session's destination is translated.</summary>
    Dnat = 64,
}
