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

    // A quarter of an external address's ports.
    private const int SessionsPerAddress = 16_384;

    /// <summary>The external addresses that so many sessions are spread over.</summary>
    internal static IPv4Address[] ExternalAddresses(int sessions)
        => [.. Enumerable.Range(1, Math.Max(1, sessions / SessionsPerAddress)).Select(
            host => new IPv4Address(IPv4Address.Parse("203.0.113.0").Value + (uint)host))];

    /// <summary>A translator with room for so many sessions, and some more.</summary>
    internal static Translator NewTranslator(int sessions, TimerOptions? timers = null) => new(
        new TranslationOptions
        {
            ExternalAddresses = ExternalAddresses(sessions),
            MaxSessions = sessions + 65_536,
            Timers = timers ?? new TimerOptions(),
        },
        new Random(1));

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

    /// <summary>One datagram of each session, in random order.</summary>
    internal static PacketFacts[] Outbound(int sessions)
    {
        byte[] buffer = new byte[SampleFrames.UdpLength];
        PacketFacts[] packets = new PacketFacts[sessions];
        for (int index = 0; index < sessions; index++)
        {
            packets[index] = Udp(Client(index), SampleFrames.Server, buffer);
        }

        new Random(2).Shuffle(packets);
        return packets;
    }

    /// <summary>Opens the sessions of <paramref name="outbound"/> and brings them to the state that they stay in: a
    /// datagram, its answer, another.</summary>
    /// <returns>The answers, in the same order.</returns>
    internal static PacketFacts[] Establish(Translator translator, PacketFacts[] outbound)
    {
        byte[] buffer = new byte[SampleFrames.UdpLength];
        PacketFacts[] answers = new PacketFacts[outbound.Length];
        Verdict[] verdict = new Verdict[1];
        for (int index = 0; index < outbound.Length; index++)
        {
            Forward(translator, outbound[index], Realm.Internal, verdict);
            answers[index] = Udp(verdict[0].Rewrite.Destination, verdict[0].Rewrite.Source, buffer);
            Forward(translator, answers[index], Realm.External, verdict);
            Forward(translator, outbound[index], Realm.Internal, verdict);
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

    private static void Forward(Translator translator, in PacketFacts packet, Realm ingress, Verdict[] verdict)
    {
        translator.Translate(new ReadOnlySpan<PacketFacts>(in packet), ingress, Now, verdict);
        RequireForwarded(verdict);
    }
}
