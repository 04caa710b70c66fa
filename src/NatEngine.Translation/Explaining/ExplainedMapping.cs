using NatEngine.Packets;

namespace NatEngine.Translation.Explaining;

/// <summary>A mapping that a packet has to do with.</summary>
public sealed record ExplainedMapping
{
    /// <summary>The internal end.</summary>
    public required TransportAddress Internal { get; init; }

    /// <summary>The external end.</summary>
    public required TransportAddress External { get; init; }

    /// <summary>The number of its pool.</summary>
    public required byte Pool { get; init; }

    /// <summary>How many sessions use it.</summary>
    public required uint Sessions { get; init; }

    /// <summary>True if anybody outside may open a session to it.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>Which sessions of the internal end share it.</summary>
    public required MappingBehavior Mapping { get; init; }

    /// <summary>Who outside may open a session to it, unless it is published.</summary>
    public required FilteringBehavior Filtering { get; init; }
}
