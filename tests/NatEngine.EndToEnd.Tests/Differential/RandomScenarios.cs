using System;
using System.Collections.Generic;
using System.Linq;

namespace NatEngine.EndToEnd.Tests.Differential;

/// <summary>Packets as they come: any host, any kind, in any order, the same at each run.</summary>
internal static class RandomScenarios
{
    private const int Steps = 60;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Enumerable.Range(1, 5).Select(seed => new Scenario($"random {seed}", talk => Play(talk, seed))),
    ];

    // Both hosts want two of the ports.
    private static void Play(Conversation talk, int seed)
    {
        Random random = new(seed);
        List<(string Server, string Mapped)> sessions = [];
        for (int step = 0; step < Steps; step++)
        {
            HeaderFields fields = Fields(random);
            byte[] payload = new byte[random.Next(0, 1000)];
            random.NextBytes(payload);
            int host = random.Next(2);
            string inside = host == 0 ? talk.Client(random.Next(4)) : talk.Neighbour(2 + random.Next(4));
            string server = random.Next(2) == 0 ? talk.Server(7000 + random.Next(2)) : talk.OtherServer();
            byte[] packet = Packets.Udp(inside, server, payload, fields);
            if (random.Next(5) < 2 && sessions.Count > 0)
            {
                (string from, string to) = sessions[random.Next(sessions.Count)];
                talk.FromRemote($"{step} in", Packets.Udp(from, to, payload, fields));
                continue;
            }

            string mapped = host == 0
                ? talk.FromClient($"{step} out", packet) : talk.FromNeighbour($"{step} out", packet);
            if (talk.Last?.At == Place.Remote)
            {
                sessions.Add((server, mapped));
            }
        }
    }

    private static HeaderFields Fields(Random random) => new()
    {
        TimeToLive = (byte)random.Next(1, 32),
        TypeOfService = (byte)random.Next(256),
        Identification = (ushort)random.Next(1, 65536),
        Fragmentation = 0x4000,
    };
}
