using System;
using System.IO;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Tests.Tables;

/// <summary>What tables really take of the machine's memory. Alone: the others' would count, too.</summary>
[Collection(AloneCollection.Name)]
public sealed class ResidentMemoryTests
{
    // So many that what is rounded up to whole pages makes little difference.
    private const int Sessions = 1_048_576;

    // Whose mapping has which port, and which ports are free: as much for the first of an address's ports as for all.
    private const int Addresses = 20;
    private const int OctetsPerAddress = (65_536 * sizeof(uint)) + (3 * 65_536 / 8);
    private const int HugePage = 2 << 20;

    [Fact]
    public void Large_tables_ask_for_huge_pages_and_give_them_back()
    {
        const uint Values = 8 * 1024 * 1024;
        bool hasHugePages = Directory.Exists("/sys/kernel/mm/transparent_hugepage");
        long before = ResidentMemory.OnHugePagesIfPossible();
        NativeArray<ulong> array = new(Values);
        Assert.Equal(hasHugePages ? Values * sizeof(ulong) : 0, ResidentMemory.OnHugePagesIfPossible() - before);
        array.Dispose();
        Assert.Equal(before, ResidentMemory.OnHugePagesIfPossible());
    }

    [Fact]
    public void Tables_take_nothing_before_they_hold_anything()
    {
        long before = ResidentMemory.Octets;
        using Translator translator = NewTranslator(16_777_216);
        Assert.InRange(ResidentMemory.Octets - before, 0, 16 << 20);
    }

    [Fact] // design.md section 8: at most 160 octets a session, all tables
    public void A_session_with_a_mapping_of_its_own_takes_no_more_than_160_octets_and_what_is_rounded_up()
    {
        Open(NewTranslator(Sessions), Sessions / 16).Dispose(); // code is compiled, buffers are there
        GC.Collect();
        long before = ResidentMemory.Octets;
        using Translator translator = Open(NewTranslator(Sessions), Sessions);
        GC.Collect();
        double perSession = (double)(ResidentMemory.Octets - before - (Addresses * OctetsPerAddress)) / Sessions;
        Assert.Equal(Sessions, translator.MappingCount);

        // The last page that a table has begun counts whole, and may be a huge one.
        const int Tables = 6;
        Assert.InRange(perSession, 100, 160 + ((double)Tables * HugePage / Sessions));
    }

    private static Translator NewTranslator(int sessions) => new(
        new TranslationOptions
        {
            ExternalAddresses = [.. Enumerable.Range(1, Addresses).Select(
                host => new IPv4Address(IPv4Address.Parse("203.0.113.0").Value + (uint)host))],
            MaxSessions = sessions,
        },
        new Random(1));

    private static Translator Open(Translator translator, int sessions)
    {
        const int SessionsPerHost = 32;
        Verdict[] verdict = new Verdict[1];
        TransportAddress server = new(IPv4Address.Parse("198.51.100.7"), 443);
        for (int index = 0; index < sessions; index++)
        {
            IPv4Address host = new(IPv4Address.Parse("100.64.0.0").Value + 256 + (uint)(index / SessionsPerHost));
            TransportAddress client = new(host, (ushort)(20_000 + (index % SessionsPerHost)));
            PacketFacts opening = PacketFacts.OfOpening(new FlowTuple(client, server, IpProtocol.Udp));
            translator.Translate(new(in opening), Realm.Internal, Timestamp.Zero, verdict);
        }

        return translator;
    }
}
