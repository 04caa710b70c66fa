using System;
using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Packets.Headers;
using NatEngine.Rules;
using NatEngine.Translation;
using NatEngine.Translation.Policy;
using OurPortRange = NatEngine.Translation.PortRange;

namespace NatEngine.EndToEnd.Tests.Differential.Ruled;

/// <summary>natengine's translation with rules, preset <c>netfilter</c>, between the same wires, without the wires:
/// octets in, verdicts out.</summary>
internal sealed class OurGateway : IDisposable
{
    private static readonly byte[] NoStation = new byte[6];

    private static readonly IPv4Prefix Inside = new(IPv4Address.Parse("100.64.0.0"), 16);
    private static readonly IPv4Prefix Neighbours = new(IPv4Address.Parse("100.64.32.0"), 20);

    private readonly Translator _translator;
    private Timestamp _now;

    public OurGateway(string rules, int seed)
    {
        RuleReading reading = RuleFile.Read(rules, "generated");
        Assert.True(reading.IsUsable, $"{string.Join('\n', reading.Findings)}\n{rules}");
        TranslationOptions options = new()
        {
            // As MASQUERADE has it in the kernel: the interface's first address; SNAT alone gives the others.
            ExternalAddresses = [IPv4Address.Parse(RuleWriter.ExternalAddresses[0])],
            Pools =
            [
                new PoolOptions
                {
                    Name = "others",
                    InternalPrefixes = [new IPv4Prefix(IPv4Address.Parse("100.64.255.0"), 24)],
                    ExternalAddresses = [.. RuleWriter.ExternalAddresses.Skip(1).Select(IPv4Address.Parse)],
                    Behavior = TranslationBehavior.Netfilter,
                },
            ],
            Behavior = TranslationBehavior.Netfilter,
            InternalPrefixes = [Inside],
            MidStreamPickup = false,
            MaxSessions = 1024,
        };
        RuleProgram? program = RuleProgram.TryCompile(
            reading.Rules,
            new RuleSurroundings
            {
                InternalInterface = NatEngine.Lab.NatTopology.InternalInterface,
                ExternalInterface = NatEngine.Lab.NatTopology.ExternalInterface,
                ExternalAddresses = [.. RuleWriter.ExternalAddresses.Select(IPv4Address.Parse)],
                Ports = new OurPortRange(1024, 65535),
                InsideNetworks = [Inside],
            },
            out IReadOnlyList<RuleRefusal> refusals);
        Assert.True(refusals.Count == 0, $"{string.Join('\n', refusals)}\n{rules}");
        _translator = new Translator(options with { Rules = program }, new Random(seed));
    }

    /// <summary>Says what becomes of a packet.</summary>
    public Fate Send(Parcel parcel)
    {
        byte[] sender = Link.StationOf(parcel.From).GetAddressBytes();
        byte[] frame = [.. NoStation, .. sender, 0x08, 0x00, .. parcel.Packet];
        Assert.Equal(DropReason.None, PacketParser.ParseForRules(frame, out PacketFacts facts));
        Verdict[] verdicts = new Verdict[1];
        _now = _now.Add(TimeSpan.FromMilliseconds(1));
        _translator.Translate(
            [facts], parcel.From == Place.Remote ? Realm.External : Realm.Internal, _now, verdicts);
        return FateOf(verdicts[0], facts, parcel);
    }

    public void Dispose() => _translator.Dispose();

    private static Fate FateOf(in Verdict verdict, in PacketFacts facts, Parcel parcel)
    {
        if (verdict.Kind != VerdictKind.Forward)
        {
            // Neither errors nor resets are answered, which the pipeline sees to.
            return verdict.Reason != DropReason.RuleRejected || parcel.IsError
                ? Fate.Dropped
                : new Fate(
                    FateKind.Rejected, parcel.From,
                    Answer: verdict.Rejection == Verdict.Reset ? "reset" : $"code {verdict.Rejection}");
        }

        TransportAddress destination = verdict.Rewrite.Destination;
        Place at = verdict.Egress == Realm.External ? Place.Remote : PlaceOf(destination.Address);
        TransportAddress source = verdict.Rewrite.Source;
        return facts.Kind switch
        {
            PacketKind.IcmpError => new Fate(FateKind.Forwarded, at, Destination: $"{destination.Address}"),

            // A query's identifier stands at the end that asked; here it stands at both, as the kernel's does.
            PacketKind.IcmpQuery when facts.IcmpType == IcmpType.EchoRequest => new Fate(
                FateKind.Forwarded, at, $"{source}", $"{destination.Address}:{source.Port}"),
            PacketKind.IcmpQuery => new Fate(
                FateKind.Forwarded, at, $"{source.Address}:{destination.Port}", $"{destination}"),
            _ => new Fate(FateKind.Forwarded, at, $"{source}", $"{destination}"),
        };
    }

    private static Place PlaceOf(IPv4Address address)
        => address == IPv4Address.Parse("100.64.0.11") || Neighbours.Contains(address)
            ? Place.Neighbour
            : Place.Client;
}
