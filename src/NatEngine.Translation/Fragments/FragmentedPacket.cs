using NatEngine.Packets;

namespace NatEngine.Translation.Fragments;

/// <summary>A packet whose first fragment has been judged.</summary>
internal struct FragmentedPacket
{
    /// <summary>See <see cref="FragmentKey"/>.</summary>
    public FlowTuple Key;

    /// <summary>The tuple of its session's direction, by which a successor in the session's place is told from the
    /// session.</summary>
    public FlowTuple Tuple;

    /// <summary>The place of its session.</summary>
    public uint Session;

    /// <summary>When it is given up, in milliseconds modulo 2^32.</summary>
    public uint Deadline;

    /// <summary>The next younger of its kind; while the place is free, the next free one.</summary>
    public uint Younger;

    /// <summary>The next older of its kind.</summary>
    public uint Older;

    /// <summary>Units of eight octets that have passed.</summary>
    public ushort Passed;

    /// <summary>The unit after the highest that has passed.</summary>
    public ushort End;

    /// <summary>The unit after the last, once the last fragment has passed; until then 0.</summary>
    public ushort Total;

    /// <summary>The identification that its fragments leave with.</summary>
    public ushort Identification;

    /// <summary>The direction of its session.</summary>
    public TupleDirection Direction;

    /// <summary>Why the first fragment was dropped; <see cref="DropReason.None"/> if it passed.</summary>
    public DropReason Refusal;

    /// <summary>True if its time is over.</summary>
    public readonly bool IsExpired(uint now) => (int)(Deadline - now) <= 0;
}
