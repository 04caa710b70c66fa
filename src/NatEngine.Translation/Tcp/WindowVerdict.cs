namespace NatEngine.Translation.Tcp;

/// <summary>Where a segment stands in its connection, and what follows from it.</summary>
internal enum WindowVerdict
{
    /// <summary>Where it should: state and windows follow it.</summary>
    InWindow,

    /// <summary>Elsewhere, but we are liberal: the state follows it, the windows do not.</summary>
    Tolerated,

    /// <summary>It passes, so that the ends can sort things out between them, and changes nothing here.</summary>
    Aside,

    /// <summary>It is dropped.</summary>
    OutOfWindow,
}
