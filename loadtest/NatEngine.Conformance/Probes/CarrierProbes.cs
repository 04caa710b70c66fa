using System.Collections.Generic;
using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 6888: what carriers want of a NAT, as long as there is enough of everything.</summary>
internal static class CarrierProbes
{
    public static IReadOnlyList<Probe> All { get; } =
    [
        new(
            6888,
            "REQ-2",
            "paired pooling: one external address per subscriber",
            UdpMappingProbes.IsPaired,
            UdpMappingProbes.AddressIsKept),
        new(
            6888,
            "REQ-6",
            "some destinations are reached untranslated",
            contract => Claim.When(contract.HasUntranslatedDestinations, "internal.untranslatedDestinations"),
            ExemptIsUntranslated),
        new(
            6888,
            "REQ-7",
            "endpoint-independent filtering",
            contract => Claim.When(
                contract is
                {
                    UdpFiltering: Dependence.EndpointIndependent,
                    TcpFiltering: Dependence.EndpointIndependent,
                },
                "behavior.filtering"),
            StrangersAreWelcome),
    ];

    private static void ExemptIsUntranslated(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd exempt = scene.Udp(scene.Untranslated());
        Scene.RequireSame("inside, then outside", client.Local, client.Reaches(exempt));
        exempt.Reaches(client, client.Local);
        UdpEnd other = scene.Udp(scene.Outside());
        IPAddress seen = client.Reaches(other).Address;
        Scene.Require(!seen.Equals(client.Local.Address), "other destinations are exempt, too");
    }

    private static void StrangersAreWelcome(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        IPEndPoint external = client.Reaches(scene.Udp(scene.Outside()));
        UdpEnd stranger = scene.Udp(scene.Outside());
        stranger.Reaches(client, external);
        client.Reaches(stranger);
        TcpEnd host = scene.Tcp(scene.Inside());
        TcpTalk talk = TcpTalk.Open(scene, host, scene.Tcp(scene.Outside()));
        TcpEnd caller = scene.Tcp(scene.Outside());
        host.Receive(caller.Send(talk.External, TcpPacket.Syn));
    }
}
