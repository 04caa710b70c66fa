namespace NatEngine.Conformance.Probes;

/// <summary>The words of RFC 4787 for what a behaviour depends on.</summary>
internal static class DependenceWords
{
    public static string Of(Dependence dependence) => dependence switch
    {
        Dependence.EndpointIndependent => "endpoint-independent",
        Dependence.AddressDependent => "address-dependent",
        _ => "address-and-port-dependent",
    };
}
