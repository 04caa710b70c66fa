using System;
using System.Linq;
using NatEngine.Benchmarks.Packets;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Benchmarks.Translation;

/// <summary>NATs, and packets for them.</summary>
internal static class SampleTranslators
{
    private const int Hosts = 50_000;
    private const uint FirstHost = 0x6440_0002; // 100.64.0.2
    private const uint FirstServer = 0xC612_0001; // 198.18.0.1

    /// <summary>A NAT for so many sessions, in the default behaviour.</summary>
    internal static Translator Make(int sessions, int addresses = 32)
        => new(
            new TranslationOptions
            {
                ExternalAddresses =
                    [.. Enumerable.Range(1, addresses).Select(last => new IPv4Address(0xCB00_7100 + (uint)last))],
                MaxSessions = Math.Max(sessions * 2, 1000),
            },
            new Random(1));

    /// <summary>The first packet of the session with that number: each has a host and port of its own.</summary>
    internal static PacketFacts Outbound(int session)
        => Parse(
            new TransportAddress(new IPv4Address(FirstHost + (uint)(session % Hosts)), (ushort)(2000 + (session / Hosts))),
            new TransportAddress(new IPv4Address(FirstServer + (uint)(session % 7)), 443));

    /// <summary>What answers a packet that has left as <paramref name="verdict"/> says.</summary>
    internal static PacketFacts AnswerTo(in Verdict verdict)
        => Parse(verdict.Rewrite.Destination, verdict.Rewrite.Source);

    private static PacketFacts Parse(TransportAddress source, TransportAddress destination)
        => PacketParser.Parse(SampleFrames.Udp(source, destination), out PacketFacts facts) == DropReason.None
            ? facts
            : throw new InvalidOperationException($"{source} to {destination} cannot be read.");
}
