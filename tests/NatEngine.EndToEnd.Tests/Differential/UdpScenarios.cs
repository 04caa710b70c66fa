using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Datagrams, and the ports that they get.</summary>
internal static class UdpScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("udp", Exchange),
        new("udp checksums", Checksums),
        new("udp lengths", Lengths),
        new("udp well-known ports", WellKnownPorts),
        new("udp collision", Collision),
        new("udp overloading", Overloading),
        new("udp collision with two servers", CollisionWithTwo),
    ];

    private static void Exchange(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromRemote("in", Packets.Udp(talk.Server(), mapped));
        talk.FromClient("out again", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromClient("out elsewhere", Packets.Udp(talk.Client(0), talk.OtherServer()));
        talk.FromRemote("in from elsewhere", Packets.Udp(talk.OtherServer(), mapped));
        foreach (byte service in new byte[] { 0x01, 0x02, 0x03, 0xB8, 0xFF })
        {
            HeaderFields marked = new() { TypeOfService = service };
            string name = $"type of service {service:x2}";
            talk.FromClient($"out, {name}", Packets.Udp(talk.Client(0), talk.Server(), fields: marked));
            talk.FromRemote($"in, {name}", Packets.Udp(talk.Server(), mapped, fields: marked));
        }

        HeaderFields mayBeCut = new() { Fragmentation = 0, Identification = 0x1111 };
        talk.FromClient("out, may be fragmented", Packets.Udp(talk.Client(0), talk.Server(), fields: mayBeCut));
        talk.FromRemote("in, may be fragmented", Packets.Udp(talk.Server(), mapped, fields: mayBeCut));
        HeaderFields reserved = new() { Fragmentation = 0xC000 };
        talk.FromClient("out, reserved flag", Packets.Udp(talk.Client(0), talk.Server(), fields: reserved));
    }

    private static void Checksums(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromClient("out, none", WithoutChecksum(Packets.Udp(talk.Client(0), talk.Server())));
        talk.FromRemote("in, none", WithoutChecksum(Packets.Udp(talk.Server(), mapped)));

        // The payload's last word goes through all values until the translated checksum must have been zero.
        byte[][] all = [.. Enumerable.Range(0, 64).Select(step => Packets.Udp(
            talk.Client(0), talk.Server(), ComplementOf(talk, step - 32)))];
        talk.FromClient("out, about to become zero", all);
        talk.FromClient("out, wrong", Packets.Damaged(Packets.Udp(talk.Client(0), talk.Server()), at: 30));
        talk.FromRemote("in, wrong", Packets.Damaged(Packets.Udp(talk.Server(), mapped), at: 30));
        talk.FromClient(
            "first of a session, wrong", Packets.Damaged(Packets.Udp(talk.Client(1), talk.Server()), at: 30));
    }

    private static void Lengths(Conversation talk)
    {
        string mapped = talk.FromClient("empty", Packets.Udp(talk.Client(0), talk.Server(), []));
        talk.FromRemote("empty in", Packets.Udp(talk.Server(), mapped, []));
        talk.FromClient("one octet", Packets.Udp(talk.Client(0), talk.Server(), [1]));
        talk.FromClient("odd", Packets.Udp(talk.Client(0), talk.Server(), new byte[1001]));
        talk.FromClient("as large as the next link", Packets.Udp(talk.Client(0), talk.Server(), new byte[1372]));
        talk.FromClient("an octet more", Packets.Udp(talk.Client(0), talk.Server(), new byte[1373]));
        talk.FromRemote("large in", Packets.Udp(talk.Server(), mapped, new byte[1372]));
        byte[] good = Packets.Udp(talk.Client(0), talk.Server());
        talk.FromClient("length field too small", Packets.Rechecked(good, at: 25, octet: 7));
        talk.FromClient("length field too large", Packets.Rechecked(good, at: 25, octet: 200));
        talk.FromClient("length field zero", Packets.Rechecked(good, at: 25, octet: 0));
        talk.FromClient("header cut short", Packets.Raw(
            Conversation.ClientAddress, talk.ServerAddress, Packets.UdpProtocol, [1, 2, 3, 4]));
        talk.FromClient("trailer", [.. good, 1, 2, 3, 4, 5, 6]);
        talk.FromRemote("trailer in", [.. Packets.Udp(talk.Server(), mapped), 1, 2, 3, 4, 5, 6]);
    }

    private static void WellKnownPorts(Conversation talk)
    {
        foreach (int port in new[] { 53, 123, 500, 511, 512, 600, 1000, 1023 })
        {
            string mapped = talk.FromClient(
                $"from {port}", Packets.Udp($"{Conversation.ClientAddress}:{port}", talk.Server()));
            talk.FromRemote($"back to what {port} became", Packets.Udp(talk.Server(), mapped));
        }
    }

    private static void Collision(Conversation talk)
    {
        string first = talk.FromClient("client", Packets.Udp(talk.Client(0), talk.Server()));
        string second = talk.FromNeighbour("neighbour", Packets.Udp(talk.Neighbour(0), talk.Server()));
        talk.FromRemote("to the client", Packets.Udp(talk.Server(), first));
        talk.FromRemote("to the neighbour", Packets.Udp(talk.Server(), second));
        talk.FromNeighbour("neighbour again", Packets.Udp(talk.Neighbour(0), talk.Server()));
        talk.FromClient("client again", Packets.Udp(talk.Client(0), talk.Server()));
    }

    private static void Overloading(Conversation talk)
    {
        string first = talk.FromClient("client", Packets.Udp(talk.Client(0), talk.Server()));
        string second = talk.FromNeighbour("neighbour elsewhere", Packets.Udp(talk.Neighbour(0), talk.OtherServer()));
        talk.FromRemote("to the client", Packets.Udp(talk.Server(), first));
        talk.FromRemote("to the neighbour", Packets.Udp(talk.OtherServer(), second));
        talk.FromNeighbour("neighbour, another port there", Packets.Udp(talk.Neighbour(0), talk.Server(7001)));
        talk.FromRemote("stranger's address", Packets.Udp(talk.OtherServer(7002), first));
        talk.FromRemote("stranger's port", Packets.Udp(talk.Server(7003), first));
    }

    private static void CollisionWithTwo(Conversation talk)
    {
        talk.FromClient("client", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromNeighbour("neighbour", Packets.Udp(talk.Neighbour(0), talk.Server()));
        string mapped = talk.FromNeighbour("neighbour elsewhere", Packets.Udp(talk.Neighbour(0), talk.OtherServer()));
        talk.FromRemote("in from elsewhere", Packets.Udp(talk.OtherServer(), mapped));
    }

    private static byte[] WithoutChecksum(byte[] packet)
    {
        byte[] without = [.. packet];
        without[26] = without[27] = 0;
        return without;
    }

    // A payload with which the checksum over the translated addresses is near zero.
    private static byte[] ComplementOf(Conversation talk, int near)
    {
        byte[] translated = Packets.Udp($"{Conversation.External}:{talk.Port(0)}", talk.Server(), [0, 0]);
        int checksum = (translated[26] << 8) | translated[27];
        return Packets.Word((checksum + near) & 0xFFFF);
    }
}
