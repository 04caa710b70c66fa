namespace NatEngine.Translation;

/// <summary>When an internal transport address keeps its external one (RFC 4787 section 4.1).</summary>
public enum MappingBehavior : byte
{
    /// <summary>Whoever it talks to (RFC 4787 REQ-1).</summary>
    EndpointIndependent,

    /// <summary>While it talks to the same address.</summary>
    AddressDependent,

    /// <summary>While it talks to the same address and port.</summary>
    AddressAndPortDependent,
}
