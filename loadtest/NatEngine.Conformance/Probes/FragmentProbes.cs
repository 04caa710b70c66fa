using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 4787 sections 10 and 11: packets that are too large, and pieces of packets.</summary>
internal static class FragmentProbes
{
    private const int Piece = 200; // octets; a multiple of 8
    private const int Flood = 600; // more than anybody wants to remember
    private const int Burst = 50; // fewer than any ring of frames has room for

    // Pieces from outside come to a lane by their number, which is any: so often some of them come to a wrong one.
    private const int TimesWithLanes = 4;

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(
            4787,
            "REQ-13",
            "too large and not to be cut: the sender is told (ICMP 3/4)",
            _ => Claim.Always,
            SenderIsTold),
        new(4787, "REQ-13a", "too large otherwise: cut, and sent in order", _ => Claim.Always, LargeIsCut),
        new(
            4787,
            "REQ-14",
            "fragments in order and out of order",
            _ => Claim.Always,
            FragmentsPassInAnyOrder),
        new(
            4787,
            "REQ-14a",
            "fragments that are never completed do no harm",
            _ => Claim.Always,
            FloodDoesNoHarm,
            Arrangement.FewPorts),
    ];

    private static void SenderIsTold(Scene scene)
    {
        WireHost client = scene.Inside();
        WireHost server = scene.Outside();
        IPEndPoint from = new(client.Address, scene.Port());
        IPEndPoint to = new(server.Address, scene.Port());
        IPv4Packet large = Large(from, to, 1472) with { DontFragment = true };
        client.Send(large);
        IPv4Packet error = client.Receive(
            "ICMP 3/4",
            packet => Errors.IsAbout(packet, large) && IcmpPacket.Code(packet) == IcmpPacket.FragmentationNeeded);
        Scene.Require(
            IcmpPacket.NextHopMtu(error) == Scene.ExternalMtu,
            $"it names an MTU of {IcmpPacket.NextHopMtu(error)}, not {Scene.ExternalMtu}");
    }

    private static void LargeIsCut(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd server = scene.Udp(scene.Outside());
        server.Receive(client.Send(server.Local, 1472));
        IReadOnlyList<IPv4Packet> pieces = server.Host.Look(packet => packet.IsFragment);
        Scene.Require(
            pieces.All(piece => piece.Length <= Scene.ExternalMtu),
            $"a piece of {pieces.Max(piece => piece.Length)} octets on a link that takes {Scene.ExternalMtu}");
        Scene.Require(
            pieces.Zip(pieces.Skip(1)).All(pair => pair.First.FragmentOffset < pair.Second.FragmentOffset),
            "the pieces were not in order");
    }

    private static void FragmentsPassInAnyOrder(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd server = scene.Udp(scene.Outside());
        IPEndPoint external = client.Reaches(server);
        int[][] orders = [[0, 1, 2], [2, 1, 0], [1, 0, 2]];
        int times = scene.Contract.Lanes > 1 ? TimesWithLanes : 1;
        foreach (int[] order in Enumerable.Repeat(orders, times).SelectMany(each => each))
        {
            Pass(client, server, server.Local, order);
            Pass(server, client, external, order);
        }
    }

    private static void FloodDoesNoHarm(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd server = scene.Udp(scene.Outside());
        IPEndPoint external = client.Reaches(server);
        Stopwatch watch = Stopwatch.StartNew();
        for (int number = 0; number < Flood; number++)
        {
            IPv4Packet never = Large(server.Local, external, 3 * Piece) with { Identification = (ushort)number };
            server.Host.Send(Fragments.Cut(never, Piece)[1]);
            if ((number + 1) % Burst == 0)
            {
                scene.Settle(); // what is lost for want of a processor says nothing of fragments
                watch.Restart();
                external = client.Reaches(server);
            }
        }

        // After that the session may have ended.
        Scene.Before(watch, ScarceResources.UdpUnreplied - 0.8, () =>
        {
            Pass(client, server, server.Local, 0, 1, 2);
            Pass(server, client, external, 0, 1, 2);
            server.Reaches(client, external);
        });
    }

    private static void Pass(UdpEnd from, UdpEnd to, IPEndPoint at, params int[] order)
    {
        IPv4Packet whole = Large(from.Local, at, (3 * Piece) - UdpPacket.HeaderLength) with
        {
            Identification = (ushort)RandomNumberGenerator.GetInt32(1000, 65_536),
        };
        IReadOnlyList<IPv4Packet> pieces = Fragments.Cut(whole, Piece);
        foreach (int piece in order)
        {
            from.Host.Send(pieces[piece]);
        }

        try
        {
            to.Receive(whole);
        }
        catch (ProbeFailure)
        {
            throw new ProbeFailure(
                $"pieces in the order {string.Join(", ", order)} from {from.Local} did not all arrive")
            {
                IsAbsence = true,
            };
        }
    }

    private static IPv4Packet Large(IPEndPoint from, IPEndPoint to, int length)
        => UdpPacket.Create(from, to, RandomNumberGenerator.GetBytes(length));
}
