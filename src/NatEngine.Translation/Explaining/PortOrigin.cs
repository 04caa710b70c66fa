namespace NatEngine.Translation.Explaining;

/// <summary>Where the external port of a session is from.</summary>
public enum PortOrigin
{
    /// <summary>The internal end has a mapping, which serves this session, too.</summary>
    Mapping,

    /// <summary>The protocol has no ports, or a rule keeps them: the address alone is given.</summary>
    AddressAlone,

    /// <summary>It is the internal end's own, which is free.</summary>
    Preserved,

    /// <summary>It is what the internal end's last session has, and free towards this remote end.</summary>
    Reused,

    /// <summary>It is the next free one after the last that was given.</summary>
    Next,

    /// <summary>It is drawn.</summary>
    Drawn,
}
