namespace NatEngine.Rules.Matches;

/// <summary>Which of a packet's ports is looked at.</summary>
public enum PortSide
{
    /// <summary>The source's.</summary>
    Source,

    /// <summary>The destination's.</summary>
    Destination,

    /// <summary>Either.</summary>
    Both,
}
