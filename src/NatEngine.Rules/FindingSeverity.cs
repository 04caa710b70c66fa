namespace NatEngine.Rules;

/// <summary>How bad a <see cref="Finding"/> is.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know; nothing is wrong.</summary>
    Note,

    /// <summary>The rules can be used, but probably do not do what their author wants.</summary>
    Warning,

    /// <summary>The rules cannot be used: the text is wrong, or asks for something that is not supported.</summary>
    Error,
}
