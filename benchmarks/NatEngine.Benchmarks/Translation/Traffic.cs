using System;
using System.Linq;
using NatEngine.Benchmarks.Packets;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>The clients of the benchmarks, their packets, and a translator that knows them.</summary>
internal static class Traffic
{
    /// <summary>When everything happens: no session is ever over.</summary>
    internal static readonly Timestamp Now = Timestamp.Zero;

    // What a client has open at a time: sessions of neighbouring clients share ports, and most must get another one.
    private const int SessionsPerClient = 16;

    // A quarter of an external address's ports; more if the sessions need more addresses than a network has.
    private const int SessionsPerAddress = 16_384;
    private const int MostAddresses = 250;

    // As many as the tables ask for the memory of together.
    private const int Batch = 64;

    /// <summary>The external addresses that so many sessions are spread over.</summary>
    internal static IPv4Address[] ExternalAddresses(int sessions)
        => [.. Enumerable.Range(1, Math.Clamp(sessions / SessionsPerAddress, 1, MostAddresses)).Select(
            host => new IPv4Address(IPv4Address.Parse("203.0.113.0").Value + (uint)host))];

    /// <summary>A translator with room for so many sessions, and some more.</summary>
    internal static Translator NewTranslator(
        int sessions, TimerOptions? timers = null, Random? random = null) => new(
        new TranslationOptions
        {
            ExternalAddresses = ExternalAddresses(sessions),
            MaxSessions = sessions + 65_536,
            Timers = timers ?? new TimerOptions(),
        },
        random ?? new Random(1));

    /// <summary>The client's end of session <paramref name="index"/>.</summary>
    internal static TransportAddress Client(int index) => new(
        new IPv4Address(IPv4Address.Parse("100.64.0.0").Value + 256 + (uint)(index / SessionsPerClient)),
        (ushort)(20_000 + (index % SessionsPerClient)));

    /// <summary>What the parser finds of a datagram.</summary>
    internal static PacketFacts Udp(TransportAddress source, TransportAddress destination, Span<byte> buffer)
    {
        SampleFrames.WriteUdp(buffer, source, destination);
        DropReason reason = PacketParser.Parse(buffer, out PacketFacts facts);
        return reason == DropReason.None
            ? facts
            : throw new InvalidOperationException($"The frame of {source} is refused: {reason}.");
    }

    /// <summary>The numbers of sessions in the order in which their packets come.</summary>
    /// <param name="sessions">How many there are.</param>
    /// <param name="arrivals">Uniform: each once, shuffled. Zipf: as many draws, some of them the same.</param>
    internal static int[] Order(int sessions, Arrivals arrivals)
    {
        Random random = new(3);
        int[] order = new int[sessions];
        for (int index = 0; index < sessions; index++)
        {
            order[index] = index;
        }

        random.Shuffle(order);
        return arrivals == Arrivals.Uniform ? order : Zipf(order, random);
    }

    /// <summary>One datagram of each session, in random order.</summary>
    internal static PacketFacts[] Outbound(int sessions)
    {
        PacketFacts[] packets = new PacketFacts[sessions];
        Outbound(Order(sessions, Arrivals.Uniform), packets);
        return packets;
    }

    /// <summary>Opens so many sessions and brings them to the state that they stay in, keeping nothing of them.
    /// </summary>
    internal static void Establish(Translator translator, int sessions)
    {
        PacketFacts[] outbound = new PacketFacts[Batch];
        PacketFacts[] answers = new PacketFacts[Batch];
        int[] order = Order(sessions, Arrivals.Uniform);
        for (int first = 0; first < sessions; first += Batch)
        {
            int count = Math.Min(Batch, sessions - first);
            Outbound(order.AsSpan(first, count), outbound);
            Establish(translator, outbound.AsSpan(0, count), answers);
        }
    }

    /// <summary>Opens the sessions of <paramref name="outbound"/> and brings them to the state that they stay in: a
    /// datagram, its answer, another.</summary>
    /// <returns>The answers, in the same order.</returns>
    internal static PacketFacts[] Establish(Translator translator, PacketFacts[] outbound)
    {
        PacketFacts[] answers = new PacketFacts[outbound.Length];
        for (int first = 0; first < outbound.Length; first += Batch)
        {
            int count = Math.Min(Batch, outbound.Length - first);
            Establish(translator, outbound.AsSpan(first, count), answers.AsSpan(first, count));
        }

        return answers;
    }

    /// <summary>Throws if any packet is not forwarded.</summary>
    internal static void RequireForwarded(ReadOnlySpan<Verdict> verdicts)
    {
        foreach (Verdict verdict in verdicts)
        {
            if (verdict.Kind != VerdictKind.Forward)
            {
                throw new InvalidOperationException($"A packet is not forwarded: {verdict.Kind}, {verdict.Reason}.");
            }
        }
    }

    private static void Establish(
        Translator translator, ReadOnlySpan<PacketFacts> outbound, Span<PacketFacts> answers)
    {
        Span<byte> buffer = stackalloc byte[SampleFrames.UdpLength];
        Verdict[] verdicts = new Verdict[outbound.Length];
        Forward(translator, outbound, Realm.Internal, verdicts);
        for (int index = 0; index < outbound.Length; index++)
        {
            Rewrite rewrite = verdicts[index].Rewrite;
            answers[index] = Udp(rewrite.Destination, rewrite.Source, buffer);
        }

        Forward(translator, answers[..outbound.Length], Realm.External, verdicts);
        Forward(translator, outbound, Realm.Internal, verdicts);
    }

    private static void Outbound(ReadOnlySpan<int> order, Span<PacketFacts> packets)
    {
        Span<byte> buffer = stackalloc byte[SampleFrames.UdpLength];
        for (int index = 0; index < order.Length; index++)
        {
            packets[index] = Udp(Client(order[index]), SampleFrames.Server, buffer);
        }
    }

    // The k-th most frequent session has 1/k of the packets that the most frequent one has: the logarithm of the rank
    // is evenly distributed.
    private static int[] Zipf(int[] byRank, Random random)
    {
        int[] order = new int[byRank.Length];
        for (int index = 0; index < order.Length; index++)
        {
            double rank = Math.Pow(byRank.Length + 1.0, random.NextDouble());
            order[index] = byRank[Math.Min((int)rank, byRank.Length) - 1];
        }

        return order;
    }

    private static void Forward(
        Translator translator, ReadOnlySpan<PacketFacts> packets, Realm ingress, Verdict[] verdicts)
    {
        translator.Translate(packets, ingress, Now, verdicts);
        RequireForwarded(verdicts);
    }
}
