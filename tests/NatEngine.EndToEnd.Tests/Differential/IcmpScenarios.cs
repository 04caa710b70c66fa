using System.Collections.Generic;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Queries and their answers, and messages that are neither these nor errors.</summary>
internal static class IcmpScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("echo", Echo),
        new("echo collision", Collision),
        new("echo to the gateway", ToTheGateway),
        new("icmp other queries", OtherQueries),
        new("icmp answers that nobody asked for", Unasked),
        new("icmp neither query nor error", Neither),
    ];

    private static void Echo(Conversation talk)
    {
        ushort identifier = (ushort)talk.Port(0);
        talk.FromClient("request", Packets.Echo(Conversation.ClientAddress, talk.ServerAddress, identifier));
        ushort mapped = talk.Last!.SourcePort;
        talk.FromRemote("reply", Packets.Echo(talk.ServerAddress, Conversation.External, mapped, type: 0));
        talk.FromRemote("reply from another", Packets.Echo(
            talk.OtherServerAddress, Conversation.External, mapped, type: 0));
        talk.FromClient("request elsewhere", Packets.Echo(
            Conversation.ClientAddress, talk.OtherServerAddress, identifier));
        talk.FromClient("wrong checksum", Packets.Damaged(
            Packets.Echo(Conversation.ClientAddress, talk.ServerAddress, identifier), at: 30));
        talk.FromClient("identifier 0", Packets.Echo(Conversation.ClientAddress, talk.ServerAddress, 0));
        talk.FromClient("identifier 65535", Packets.Echo(Conversation.ClientAddress, talk.ServerAddress, 65535));
    }

    private static void Collision(Conversation talk)
    {
        ushort identifier = (ushort)talk.Port(0);
        talk.FromClient("client", Packets.Echo(Conversation.ClientAddress, talk.ServerAddress, identifier));
        talk.FromNeighbour("neighbour", Packets.Echo(Conversation.NeighbourAddress, talk.ServerAddress, identifier));
        ushort second = talk.Last!.SourcePort;
        talk.FromRemote("to the client", Packets.Echo(talk.ServerAddress, Conversation.External, identifier, type: 0));
        talk.FromRemote("to the neighbour", Packets.Echo(talk.ServerAddress, Conversation.External, second, type: 0));
        talk.FromNeighbour("neighbour elsewhere", Packets.Echo(
            Conversation.NeighbourAddress, talk.OtherServerAddress, (ushort)talk.Port(1)));
    }

    private static void ToTheGateway(Conversation talk)
    {
        ushort identifier = (ushort)talk.Port(0);
        talk.FromClient("inside, inner address", Packets.Echo(Conversation.ClientAddress, "100.64.0.1", identifier));
        talk.FromClient("inside, outer address", Packets.Echo(
            Conversation.ClientAddress, Conversation.External, identifier));
        talk.FromRemote("outside", Packets.Echo(talk.ServerAddress, Conversation.External, 777));
    }

    private static void OtherQueries(Conversation talk)
    {
        foreach ((byte type, byte answer) in new (byte, byte)[] { (13, 14), (15, 16), (17, 18), (37, 38) })
        {
            ushort identifier = (ushort)talk.Port(type - 13 & 7);
            talk.FromClient($"type {type}", Packets.Icmp(
                Conversation.ClientAddress, talk.ServerAddress, type, 0, (uint)identifier << 16, new byte[12]));
            talk.FromRemote($"type {answer}", Packets.Icmp(
                talk.ServerAddress, Conversation.External, answer, 0, (uint)identifier << 16, new byte[12]));
        }
    }

    private static void Unasked(Conversation talk)
    {
        foreach (byte type in new byte[] { 0, 14, 18 })
        {
            uint rest = (uint)talk.Port(type) << 16;
            talk.FromRemote($"type {type} in", Packets.Icmp(
                talk.ServerAddress, Conversation.External, type, 0, rest, new byte[12]));
            talk.FromClient($"type {type} out", Packets.Icmp(
                Conversation.ClientAddress, talk.ServerAddress, type, 0, rest, new byte[12]));
        }
    }

    private static void Neither(Conversation talk)
    {
        foreach (byte type in new byte[] { 1, 9, 10, 19, 30, 40, 255 })
        {
            talk.FromClient($"type {type} out", Packets.Icmp(
                Conversation.ClientAddress, talk.ServerAddress, type, 0, 0, new byte[12]));
            talk.FromRemote($"type {type} in", Packets.Icmp(
                talk.ServerAddress, Conversation.External, type, 0, 0, new byte[12]));
        }
    }
}
