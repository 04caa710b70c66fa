namespace NatEngine.Rules.Matches;

/// <summary>How a packet's time to live is compared with a number.</summary>
public enum TtlComparison
{
    /// <summary><c>--ttl-eq</c>.</summary>
    Equal,

    /// <summary><c>! --ttl-eq</c>.</summary>
    NotEqual,

    /// <summary><c>--ttl-lt</c>.</summary>
    Less,

    /// <summary><c>--ttl-gt</c>.</summary>
    Greater,
}
