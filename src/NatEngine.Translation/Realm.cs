namespace NatEngine.Translation;

/// <summary>A side of the NAT (RFC 2663 section 2.1).</summary>
public enum Realm : byte
{
    /// <summary>The side whose addresses are translated.</summary>
    Internal,

    /// <summary>The side that sees the external addresses.</summary>
    External,
}
