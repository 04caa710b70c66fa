namespace NatEngine.Conformance;

/// <summary>What of the remote endpoint a behaviour depends on (RFC 4787 sections 4.1 and 5).</summary>
public enum Dependence
{
    /// <summary>Nothing.</summary>
    EndpointIndependent,

    /// <summary>Its address.</summary>
    AddressDependent,

    /// <summary>Its address and port.</summary>
    AddressAndPortDependent,
}
