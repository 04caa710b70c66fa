using System.Collections.Generic;
using System.Net;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 4787 sections 5 and 6: who reaches a mapping from outside, and from inside.</summary>
internal static class UdpFilteringProbes
{
    public static IReadOnlyList<Probe> All { get; } =
    [
        new(
            4787,
            "REQ-8",
            "strangers are filtered as configured",
            contract => Claim.As(DependenceWords.Of(contract.UdpFiltering)),
            FilteringIsAsConfigured),
        new(4787, "REQ-9", "hosts inside reach each other's external endpoints", Hairpins, HairpinsBothWays),
        new(
            4787,
            "REQ-9a",
            "a hairpinned packet shows the external source",
            Hairpins,
            HairpinShowsTheExternalSource),
    ];

    /// <summary>Whoever sends to a shared port from inside names none of its owners.</summary>
    internal static Claim Hairpins(Contract contract)
        => Claim.When(!contract.UdpOverload, "behavior.overload: a port alone names no host");

    private static void FilteringIsAsConfigured(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        WireHost server = scene.Outside();
        UdpEnd known = scene.Udp(server);
        IPEndPoint external = client.Reaches(known);
        known.Reaches(client, external);
        Dependence filtering = scene.Contract.UdpFiltering;
        Check(scene.Udp(server), filtering != Dependence.AddressAndPortDependent, "another port of a known host");
        Check(scene.Udp(scene.Outside()), filtering == Dependence.EndpointIndependent, "a stranger");

        void Check(UdpEnd other, bool mayEnter, string who)
        {
            bool entered = other.Tries(client, external);
            Scene.Require(entered == mayEnter, $"{who} {(entered ? "came in" : "was kept out")}");
        }
    }

    private static void HairpinsBothWays(Scene scene)
    {
        foreach ((UdpEnd one, IPEndPoint oneExternal, UdpEnd other, _) in Neighbours(scene))
        {
            IPEndPoint seen = other.Reaches(one, oneExternal);
            one.Reaches(other, seen);
        }
    }

    private static void HairpinShowsTheExternalSource(Scene scene)
    {
        foreach ((UdpEnd one, IPEndPoint oneExternal, UdpEnd other, IPEndPoint otherExternal) in Neighbours(scene))
        {
            IPEndPoint seen = other.Reaches(one, oneExternal);
            if (scene.Contract.UdpMapping == Dependence.EndpointIndependent)
            {
                Scene.Require(seen.Equals(otherExternal), $"the source was {seen}, not {otherExternal}");
            }
            else
            {
                // Towards each other they have other ports than towards the server, but no other address.
                Scene.Require(
                    seen.Address.Equals(otherExternal.Address),
                    $"the source was {seen}, not at {otherExternal.Address}");
            }
        }
    }

    private static IEnumerable<(UdpEnd One, IPEndPoint OneExternal, UdpEnd Other, IPEndPoint OtherExternal)> Neighbours(
        Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        foreach ((WireHost oneHost, WireHost otherHost) in scene.Neighbours())
        {
            UdpEnd one = scene.Udp(oneHost);
            UdpEnd other = scene.Udp(otherHost);
            yield return (one, one.Reaches(server), other, other.Reaches(server));
        }
    }
}
