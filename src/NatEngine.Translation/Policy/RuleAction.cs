namespace NatEngine.Translation.Policy;

/// <summary>What a rule does with a packet that fits. What decides comes after <see cref="Log"/>.</summary>
internal enum RuleAction : byte
{
    /// <summary>Only counts it.</summary>
    Count,

    /// <summary>Calls a chain.</summary>
    Jump,

    /// <summary>Goes on in a chain, whose end is this one's.</summary>
    Goto,

    /// <summary>Goes back to the caller; in a built-in chain, to its policy.</summary>
    Return,

    /// <summary>Changes the mark.</summary>
    Mark,

    /// <summary>Writes a line.</summary>
    Log,

    /// <summary>Lets it pass, untranslated at the hooks that translate.</summary>
    Accept,

    /// <summary>Drops it in silence.</summary>
    Drop,

    /// <summary>Drops it with an answer.</summary>
    Reject,

    /// <summary>Gives the session another destination.</summary>
    TranslateDestination,

    /// <summary>Gives the session another source.</summary>
    TranslateSource,
}
