namespace NatEngine.Translation;

/// <summary>Who outside may send to a mapping (RFC 4787 section 5). Never applies to what comes from inside: a
/// hairpinned packet is not filtered.</summary>
public enum FilteringBehavior : byte
{
    /// <summary>Anybody.</summary>
    EndpointIndependent,

    /// <summary>The addresses that the inside has a session with through this mapping.</summary>
    AddressDependent,

    /// <summary>The addresses and ports that the inside has a session with.</summary>
    AddressAndPortDependent,
}
