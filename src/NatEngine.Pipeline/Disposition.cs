namespace NatEngine.Pipeline;

/// <summary>What becomes of a frame.</summary>
internal enum Disposition : byte
{
    /// <summary>Not decided.</summary>
    None,

    /// <summary>Rewritten as its verdict says, and sent.</summary>
    Forward,

    /// <summary>Rewritten as its verdict says, and given to another lane, whose it is from there on.</summary>
    Cross,

    /// <summary>Sent as it stands: a frame that we made.</summary>
    Send,

    /// <summary>Not touched and not sent: the kernel has its own copy and does with it what it does.</summary>
    LeaveToKernel,

    /// <summary>Not sent: a copy of it waits until its next hop is resolved, or the first fragment of its packet has
    /// come.</summary>
    Wait,

    /// <summary>Not sent: it goes as fragments, which are frames of our own.</summary>
    Cut,

    /// <summary>Not sent: another lane has a copy, and does with it what it would have done here.</summary>
    HandOver,

    /// <summary>Dropped and counted.</summary>
    Drop,
}
