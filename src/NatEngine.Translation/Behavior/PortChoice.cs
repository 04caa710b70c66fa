namespace NatEngine.Translation;

/// <summary>Which external port a new mapping gets.</summary>
public enum PortChoice : byte
{
    /// <summary>That of the internal end, if it is free; else a random one.</summary>
    Preserve,

    /// <summary>A random one (RFC 6056 section 3.3.1).</summary>
    Random,

    /// <summary>The next free one after the last that was given.</summary>
    Sequential,
}
