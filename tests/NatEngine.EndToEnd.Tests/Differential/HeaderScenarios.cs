using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>IPv4 headers: hops, options, addresses and contradictions.</summary>
internal static class HeaderScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("time to live", TimeToLive),
        new("options", Options),
        new("options in", OptionsIn),
        new("malformed headers", Malformed),
        new("odd addresses", Addresses),
    ];

    private static void TimeToLive(Conversation talk)
    {
        string mapped = talk.FromClient("64", Packets.Udp(talk.Client(0), talk.Server()));
        foreach (byte hops in new byte[] { 255, 2, 1, 0 })
        {
            HeaderFields fields = new() { TimeToLive = hops };
            talk.FromClient($"{hops} out", Packets.Udp(talk.Client(0), talk.Server(), fields: fields));
            talk.FromRemote($"{hops} in", Packets.Udp(talk.Server(), mapped, fields: fields));
            talk.FromClient($"{hops} out, first of a session", Packets.Udp(
                talk.Client(1 + (hops & 3)), talk.Server(), fields: fields));
            talk.FromClient($"{hops} out, echo", Packets.Echo(
                Conversation.ClientAddress, talk.ServerAddress, (ushort)talk.Port(9), fields: fields));
            talk.FromClient($"{hops} out, large", Packets.Udp(
                talk.Client(0), talk.Server(), new byte[1000], fields: fields));
        }
    }

    private static void Options(Conversation talk)
    {
        foreach ((string name, byte[] options) in Kinds())
        {
            HeaderFields fields = new() { Options = options };
            talk.FromClient(name, Packets.Udp(talk.Client(0), talk.Server(), fields: fields));
        }
    }

    private static void OptionsIn(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        foreach ((string name, byte[] options) in Kinds())
        {
            HeaderFields fields = new() { Options = options };
            talk.FromRemote(name, Packets.Udp(talk.Server(), mapped, fields: fields));
        }
    }

    private static IEnumerable<(string Name, byte[] Options)> Kinds() =>
    [
        ("no operation", [1, 1, 1, 1]),
        ("router alert", [148, 4, 0, 0]),
        ("record route", [7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("record route, full", [7, 7, 8, 1, 2, 3, 4, 0]),
        ("timestamp", [68, 8, 5, 0, 0, 0, 0, 0]),
        ("loose source route", [131, 7, 4, 203, 0, 113, 13, 0]),
        ("security", [130, 4, 0, 0]),
        ("unknown option", [0x9E, 4, 1, 2]),
        ("option longer than the header", [7, 40, 4, 0]),
        ("option without length", [1, 1, 1, 7]),
    ];

    private static void Malformed(Conversation talk)
    {
        byte[] good = Packets.Udp(talk.Client(0), talk.Server());
        talk.FromClient("wrong checksum", Packets.Damaged(good, at: 10));
        talk.FromClient("version 5", Packets.Rechecked(good, at: 0, octet: 0x55));
        talk.FromClient("header of 16 octets", Packets.Rechecked(good, at: 0, octet: 0x44));
        talk.FromClient("header longer than the packet", Packets.Rechecked(good, at: 0, octet: 0x4F));
        talk.FromClient("longer than the frame", Packets.Rechecked(good, at: 3, octet: 250));
        talk.FromClient("shorter than its header", Packets.Rechecked(good, at: 3, octet: 19));
        talk.FromClient("only a header", Packets.Raw(
            Conversation.ClientAddress, talk.ServerAddress, Packets.UdpProtocol, []));
        talk.FromClient("half a header", good[..10]);
        talk.FromClient("all is well", good);
    }

    private static void Addresses(Conversation talk)
    {
        foreach (string source in new[]
        {
            "0.0.0.0", "127.0.0.1", "224.0.0.5", "255.255.255.255", "100.64.0.1", "203.0.113.1", "100.64.255.255",
            "198.18.0.7", "240.0.0.1",
        })
        {
            talk.FromClient($"from {source}", Packets.Udp($"{source}:{talk.Port(0)}", talk.Server()));
        }

        foreach (string destination in new[]
        {
            "0.0.0.0", "127.0.0.1", "224.0.0.5", "239.1.1.1", "255.255.255.255", "100.64.255.255", "240.0.0.1",
            "203.0.113.255",
        })
        {
            talk.FromClient($"to {destination}", Packets.Udp(talk.Client(0), $"{destination}:7000"));
        }

        talk.FromClient("to itself", Packets.Udp(talk.Client(0), talk.Client(0)));
        talk.FromClient("to the inside again", Packets.Udp(talk.Client(0), talk.Neighbour(0)));
    }
}
