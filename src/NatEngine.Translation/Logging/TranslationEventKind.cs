namespace NatEngine.Translation;

/// <summary>What a <see cref="TranslationEvent"/> says has happened.</summary>
public enum TranslationEventKind : byte
{
    /// <summary>Nothing: the zero of an unset event.</summary>
    None,

    /// <summary>An internal transport address has got an external one.</summary>
    MappingCreated,

    /// <summary>It has lost it.</summary>
    MappingEnded,

    /// <summary>A session has got an external transport address, or an address without ports, that others may have at
    /// the same time towards other remote ends.</summary>
    SessionCreated,

    /// <summary>It has lost it.</summary>
    SessionEnded,

    /// <summary>An internal address has got a block of ports, of TCP as of UDP.</summary>
    BlockAllocated,

    /// <summary>It has lost it.</summary>
    BlockReleased,
}
