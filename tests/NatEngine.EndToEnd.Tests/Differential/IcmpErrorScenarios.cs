using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Errors about translated packets.</summary>
internal static class IcmpErrorScenarios
{
    private const string Router = "203.0.113.12";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("errors in", Kinds),
        new("errors in, embedding", Embedding),
        new("errors in, damaged", Damaged),
        new("errors in, of no session", Unrelated),
        new("errors in, about a query", AboutQuery),
        new("errors out", Out),
        new("errors out, from another", OutFromAnother),
    ];

    private static void Kinds(Conversation talk)
    {
        (byte Type, byte Code, uint Word)[] kinds =
        [
            (3, 0, 0), (3, 1, 0), (3, 2, 0), (3, 3, 0), (3, 4, 1300), (3, 13, 0), (4, 0, 0), (5, 1, 0xCB00710D),
            (11, 0, 0), (11, 1, 0), (12, 0, 0x14000000),
        ];
        byte[] sent = Packets.Udp(talk.Client(0), talk.Server());
        string mapped = talk.FromClient("out", sent);
        byte[] translated = Packets.Udp(mapped, talk.Server());
        foreach ((byte type, byte code, uint rest) in kinds)
        {
            talk.FromRemote($"{type}/{code} from the server", Packets.Error(
                talk.ServerAddress, Conversation.External, translated, type, code, rest));
            talk.FromRemote($"{type}/{code} from a router", Packets.Error(
                Router, Conversation.External, translated, type, code, rest));
        }

        talk.FromRemote("answer after all", Packets.Udp(talk.Server(), mapped));
    }

    private static void Embedding(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server(), new byte[600]));
        byte[] translated = Packets.Udp(mapped, talk.Server(), new byte[600]);
        foreach (int octets in new[] { 20, 24, 27, 28, 29, 48, 128, 548 })
        {
            talk.FromRemote($"{octets} octets", Packets.Error(
                Router, Conversation.External, translated, 11, 0, octets: octets));
        }

        byte[] withOptions = Packets.Udp(mapped, talk.Server(), fields: new() { Options = [7, 7, 4, 0, 0, 0, 0, 0] });
        talk.FromRemote("options", Packets.Error(Router, Conversation.External, withOptions, 11, 0, octets: 36));
        byte[] worn = Packets.Udp(mapped, talk.Server(), fields: new() { TimeToLive = 0, TypeOfService = 0xB8 });
        talk.FromRemote("no hops left", Packets.Error(Router, Conversation.External, worn, 11, 0));

        // RFC 4884: the length in words, and an extension behind 128 octets.
        byte[] extended = [.. translated[..128], 0x20, 0, 0xDF, 0xFF, 0, 4, 1, 1];
        talk.FromRemote("RFC 4884 extension", Packets.Error(
            Router, Conversation.External, extended, 11, 0, rest: 0x0020_0000, octets: extended.Length));
        byte[] tcp = Packets.Tcp(mapped, talk.Server(), TcpControl.Syn, 1);
        talk.FromRemote("another protocol", Packets.Error(Router, Conversation.External, tcp, 11, 0));
    }

    private static void Damaged(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        byte[] translated = Packets.Udp(mapped, talk.Server());
        byte[] error = Packets.Error(Router, Conversation.External, translated, 11, 0);
        talk.FromRemote("wrong checksum", Packets.Damaged(error, at: 24));
        talk.FromRemote("wrong embedded header checksum", Packets.Error(
            Router, Conversation.External, Packets.Damaged(translated, at: 10), 11, 0));
        talk.FromRemote("wrong embedded UDP checksum", Packets.Error(
            Router, Conversation.External, Packets.Damaged(translated, at: 26), 11, 0));
        talk.FromRemote("embedded fragment", Packets.Error(
            Router, Conversation.External, Packets.Fragment(translated, new byte[64], 8, 16), 11, 1));
        talk.FromRemote("about an error", Packets.Error(
            Router,
            Conversation.External,
            Packets.Error(Conversation.External, talk.ServerAddress, Packets.Udp(talk.Server(), mapped)),
            11,
            0,
            octets: 56));
        talk.FromRemote("in good order", error);
    }

    private static void Unrelated(Conversation talk)
    {
        byte[] nobodys = Packets.Udp($"{Conversation.External}:{talk.Port(5)}", talk.Server());
        talk.FromRemote("about no session", Packets.Error(Router, Conversation.External, nobodys, 11, 0));
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromRemote("about another server", Packets.Error(
            Router, Conversation.External, Packets.Udp(mapped, talk.OtherServer()), 11, 0));
        talk.FromRemote("about the reply", Packets.Error(
            Router, Conversation.External, Packets.Udp(talk.Server(), mapped), 11, 0));
    }

    private static void AboutQuery(Conversation talk)
    {
        byte[] request = Packets.Echo(Conversation.ClientAddress, talk.ServerAddress, (ushort)talk.Port(0));
        talk.FromClient("request", request);
        byte[] translated = Packets.Echo(Conversation.External, talk.ServerAddress, talk.Last!.SourcePort);
        foreach ((byte type, byte code) in new (byte, byte)[] { (11, 0), (3, 1), (3, 4) })
        {
            talk.FromRemote($"{type}/{code}", Packets.Error(Router, Conversation.External, translated, type, code));
        }
    }

    private static void Out(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromRemote("in", Packets.Udp(talk.Server(), mapped));
        byte[] received = Packets.Udp(talk.Server(), talk.Client(0));
        foreach ((byte type, byte code) in new (byte, byte)[] { (3, 3), (3, 4), (11, 1), (12, 0) })
        {
            talk.FromClient($"{type}/{code}", Packets.Error(
                Conversation.ClientAddress, talk.ServerAddress, received, type, code));
        }

        foreach (int octets in Enumerable.Range(26, 4))
        {
            talk.FromClient($"{octets} octets", Packets.Error(
                Conversation.ClientAddress, talk.ServerAddress, received, 3, 3, octets: octets));
        }
    }

    private static void OutFromAnother(Conversation talk)
    {
        string mapped = talk.FromClient("out", Packets.Udp(talk.Client(0), talk.Server()));
        talk.FromRemote("in", Packets.Udp(talk.Server(), mapped));
        byte[] received = Packets.Udp(talk.Server(), talk.Client(0));
        talk.FromNeighbour("from a neighbour", Packets.Error(
            Conversation.NeighbourAddress, talk.ServerAddress, received, 3, 1));
        talk.FromClient("to a third party", Packets.Error(
            Conversation.ClientAddress, talk.OtherServerAddress, received, 3, 1));
        talk.FromClient("about no session", Packets.Error(
            Conversation.ClientAddress, talk.ServerAddress, Packets.Udp(talk.Server(), talk.Client(9))));
    }
}
