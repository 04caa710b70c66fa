using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Model;

/// <summary>What somebody knows who has kept the log and nothing else: who had an external port, and when.</summary>
internal sealed class Attribution
{
    private readonly List<Tenure> _tenures = [];
    private readonly TranslationEvent[] _some = new TranslationEvent[3];

    /// <summary>Reads on. Nothing is given that somebody has, and nothing taken that nobody has.</summary>
    public void Read(Gateway gateway)
    {
        TranslationLog log = gateway.Translator.Log!;
        for (int count = log.Take(gateway.Now, _some); count > 0; count = log.Take(gateway.Now, _some))
        {
            foreach (TranslationEvent read in _some[..count])
            {
                Apply(read);
            }
        }

        Assert.Equal((0, 0L), (log.Count, log.Lost));
    }

    /// <summary>Who, by all that is known, had <paramref name="external"/> towards <paramref name="remote"/>.</summary>
    public IReadOnlyList<Tenure> Had(
        IpProtocol protocol, TransportAddress external, TransportAddress remote, long at)
        => [.. _tenures.Where(
            tenure => tenure.Has(protocol, external, remote) && tenure.From <= at && at <= tenure.To)];

    /// <summary>Asserts that nobody has anything any more but blocks.</summary>
    public void AssertAllEnded()
        => Assert.DoesNotContain(_tenures, tenure => tenure.IsOpen && tenure.Given.LastPort == 0);

    private void Apply(TranslationEvent read)
    {
        bool begins = read.Kind is TranslationEventKind.MappingCreated or TranslationEventKind.SessionCreated
            or TranslationEventKind.BlockAllocated;
        List<Tenure> open = _tenures.FindAll(tenure => tenure.IsOpen && tenure.Overlaps(read));
        if (begins)
        {
            Assert.Empty(open);
            _tenures.Add(new Tenure(read));
            return;
        }

        Tenure ended = Assert.Single(open);
        Assert.Equal((ended.Given.Internal, ended.Given.Pool), (read.Internal, read.Pool));
        Assert.Equal(ended.Given.Kind + 1, read.Kind);
        ended.To = read.At.Milliseconds;
        Assert.InRange(ended.To, ended.From, long.MaxValue - 1);
    }
}
