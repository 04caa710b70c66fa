using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using NatEngine.Conformance.Wire;

namespace NatEngine.Conformance.Probes;

/// <summary>RFC 5508 sections 4 and 5: ICMP errors.</summary>
internal static class IcmpErrorProbes
{
    // RFC 4884 section 5: what an error embeds ahead of extensions is padded to 128 octets, counted in words.
    private const int PaddedLength = 128;

    private static readonly byte[] Nops = [1, 1, 1, 0];

    public static IReadOnlyList<Probe> All { get; } =
    [
        new(5508, "REQ-3", "errors with a wrong checksum are dropped", _ => Claim.Always, DamagedIsDropped),
        new(5508, "REQ-3a", "so are those about a header with one", _ => Claim.Always, DamagedHeaderIsDropped),
        new(5508, "REQ-3b", "options of the embedded packet are stepped over", _ => Claim.Always, OptionsAreNoHurdle),
        new(5508, "REQ-3c", "its transport checksum is not judged", _ => Claim.Always, TransportIsNotJudged),
        new(5508, "REQ-3d", "extensions behind it are left alone (RFC 4884)", _ => Claim.Always, ExtensionsStay),
        new(5508, "REQ-4", "errors from outside show the inside its packet", _ => Claim.Always, InboundIsTranslated),
        new(5508, "REQ-5", "errors from inside show the outside its packet", _ => Claim.Always, OutboundIsTranslated),
        new(
            5508,
            "REQ-6",
            "errors keep no session alive",
            _ => Claim.As(TimerNotes.Of(ShortenedTimers.UdpUnreplied)),
            ErrorsDoNotRefresh,
            Arrangement.ShortTimers),
        new(
            5508,
            "REQ-7",
            "errors about hairpinned packets find their way",
            UdpFilteringProbes.Hairpins,
            HairpinnedIsTranslated),
        new(5508, "REQ-10a", "unreachable, time exceeded and echo pass", _ => Claim.Always, WhatMustPassPasses),
    ];

    private static (UdpEnd Client, UdpEnd Server, IPv4Packet Sent, IPv4Packet Seen) Exchange(
        Scene scene, int length = 16)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd server = scene.Udp(scene.Outside());
        IPv4Packet sent = client.Send(server.Local, length);
        return (client, server, sent, server.Receive(sent));
    }

    private static IPv4Packet PortUnreachable(WireHost from, IPv4Packet about, byte[] embedded, uint rest = 0)
        => IcmpPacket.Error(
            from.Address, about.Source, IcmpPacket.Unreachable, IcmpPacket.PortUnreachable, embedded, rest);

    private static void DamagedIsDropped(Scene scene)
    {
        (UdpEnd client, UdpEnd server, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
        server.Host.Send(IcmpPacket.Damaged(PortUnreachable(server.Host, seen, Errors.Start(seen))));
        scene.Settle();
        client.Host.HasNot("a damaged error", packet => Errors.IsAbout(packet, sent));
    }

    private static void DamagedHeaderIsDropped(Scene scene)
    {
        (UdpEnd client, UdpEnd server, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
        server.Host.Send(PortUnreachable(server.Host, seen, Errors.Start(seen with { HasBadChecksum = true })));
        scene.Settle();
        client.Host.HasNot("an error about a damaged header", packet => Errors.IsAbout(packet, sent));
    }

    private static void OptionsAreNoHurdle(Scene scene)
    {
        UdpEnd client = scene.Udp(scene.Inside());
        UdpEnd server = scene.Udp(scene.Outside());
        IPv4Packet sent = UdpPacket.Create(client.Local, server.Local, "options"u8) with { Options = Nops };
        client.Host.Send(sent);
        IPv4Packet seen = server.Receive(sent);
        Scene.Require(seen.Options.AsSpan().SequenceEqual(Nops), "the packet lost its options");
        Errors.Reaches(server.Host, PortUnreachable(server.Host, seen, Errors.Start(seen)), client.Host, sent);
    }

    private static void TransportIsNotJudged(Scene scene)
    {
        (UdpEnd client, UdpEnd server, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
        byte[] embedded = seen.ToOctets();
        embedded[26] ^= 0x55; // the UDP checksum
        Errors.Reaches(server.Host, PortUnreachable(server.Host, seen, embedded), client.Host, sent);
    }

    private static void ExtensionsStay(Scene scene)
    {
        (UdpEnd client, UdpEnd server, IPv4Packet sent, IPv4Packet seen) = Exchange(scene, PaddedLength - 28);

        // A header (version 2, checksum) and an object of class 1 with a label that could be mistaken for an address.
        byte[] extension = [0x20, 0, 0, 0, 0, 8, 1, 1, .. seen.Source.GetAddressBytes()];
        BinaryPrimitives.WriteUInt16BigEndian(extension.AsSpan(2), Checksum.Of(extension));
        const uint words = PaddedLength / 4;
        IPv4Packet error = PortUnreachable(server.Host, seen, [.. seen.ToOctets(), .. extension], words << 16);
        IPv4Packet arrived = Errors.Reaches(server.Host, error, client.Host, sent);
        Scene.Require(
            IcmpPacket.Content(arrived)[PaddedLength..].SequenceEqual(extension) && arrived.Word(4) == words,
            "the extension was changed");
    }

    private static void InboundIsTranslated(Scene scene)
    {
        (UdpEnd client, _, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
        WireHost router = scene.Outside();
        IPv4Packet arrived = Errors.Reaches(
            router, seen, client.Host, sent, IcmpPacket.Unreachable, IcmpPacket.HostUnreachable);
        Scene.Require(arrived.Source.Equals(router.Address), $"its source became {arrived.Source}");
    }

    private static void OutboundIsTranslated(Scene scene)
    {
        (UdpEnd client, UdpEnd server, _, IPv4Packet seen) = Exchange(scene);
        IPv4Packet answer = server.Send(seen.From);
        IPv4Packet heard = client.Receive(answer);
        IPv4Packet arrived = Errors.Reaches(
            client.Host, heard, server.Host, answer, IcmpPacket.Unreachable, IcmpPacket.PortUnreachable);
        Scene.Require(arrived.Source.Equals(seen.Source), $"its source is {arrived.Source}, not {seen.Source}");
    }

    private static void ErrorsDoNotRefresh(Scene scene)
    {
        Stopwatch before = Stopwatch.StartNew();
        (UdpEnd client, UdpEnd server, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
        Stopwatch watch = Stopwatch.StartNew();
        scene.WaitUntil(watch, ShortenedTimers.UdpUnreplied - 1);
        Scene.RequireBefore(before, ShortenedTimers.UdpUnreplied - 0.8); // the session's time began in between
        Errors.Reaches(
            server.Host, seen, client.Host, sent, IcmpPacket.Unreachable, IcmpPacket.HostUnreachable);
        scene.WaitUntilAfter(watch, ShortenedTimers.UdpUnreplied);
        bool lives = server.Tries(client, seen.From);
        Scene.RequireBefore(watch, (2 * ShortenedTimers.UdpUnreplied) - 1.8);
        Scene.Require(!lives, $"still there after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static void HairpinnedIsTranslated(Scene scene)
    {
        UdpEnd server = scene.Udp(scene.Outside());
        foreach ((WireHost oneHost, WireHost otherHost) in scene.Neighbours())
        {
            UdpEnd one = scene.Udp(oneHost);
            UdpEnd other = scene.Udp(otherHost);
            IPEndPoint external = one.Reaches(server);
            IPv4Packet sent = other.Send(external);
            IPv4Packet arrived = Errors.Reaches(
                one.Host,
                one.Receive(sent),
                other.Host,
                sent,
                IcmpPacket.Unreachable,
                IcmpPacket.PortUnreachable);
            Scene.Require(
                arrived.Source.Equals(external.Address), $"its source is {arrived.Source}, not the external one");
        }
    }

    private static void WhatMustPassPasses(Scene scene)
    {
        (byte Type, byte Code)[] kinds =
        [
            (IcmpPacket.Unreachable, 0), (IcmpPacket.Unreachable, 1), (IcmpPacket.Unreachable, 2),
            (IcmpPacket.Unreachable, 3), (IcmpPacket.Unreachable, 4), (IcmpPacket.TimeExceeded, 0),
            (IcmpPacket.TimeExceeded, 1),
        ];
        foreach ((byte type, byte code) in kinds)
        {
            (UdpEnd client, UdpEnd server, IPv4Packet sent, IPv4Packet seen) = Exchange(scene);
            Errors.Reaches(server.Host, seen, client.Host, sent, type, code);
        }

        PingEnd ping = scene.Ping(scene.Inside());
        WireHost asked = scene.Outside();
        IPv4Packet request = ping.Ask(asked.Address);
        IPv4Packet arrived = asked.Receive("the echo request", packet => IcmpPacket.Type(packet) == IcmpPacket.Echo);
        Errors.Reaches(
            scene.Outside(), arrived, ping.Host, request, IcmpPacket.TimeExceeded, code: 0);
    }
}
