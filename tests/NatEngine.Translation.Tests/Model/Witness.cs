using System.Collections.Generic;
using System.Linq;
using NatEngine.Packets;
using NatEngine.Translation.Tests.Wire;

namespace NatEngine.Translation.Tests.Model;

/// <summary>Sees which session had which external port at what time, and asks the log about it afterwards.</summary>
internal sealed class Witness(TranslationOptions options)
{
    private readonly Attribution _log = new();
    private readonly List<Sighting> _seen = [];

    /// <summary>Looks at all sessions.</summary>
    public void Look(Gateway gateway)
    {
        _log.Read(gateway);
        foreach (SessionSnapshot session in gateway.Sessions())
        {
            bool fromInside = session.OriginalIngress == Realm.Internal;
            TransportAddress external = fromInside ? session.Reply.Destination : session.Original.Destination;
            if (options.Published.Any(service => service.ExternalPort == external.Port))
            {
                continue;
            }

            Sighting sighting = new(
                session.Protocol, fromInside ? session.Original.Source : session.Reply.Source, external,
                fromInside ? session.Reply.Source : session.Original.Source, gateway.Now.Milliseconds);
            _seen.Add(sighting);
            AssertOwner(gateway.Translator.Owners.Of(external, session.Protocol), sighting);
        }
    }

    /// <summary>Asserts that the log names the owner of each, and nobody else.</summary>
    public void AskTheLog()
    {
        _log.AssertAllEnded();
        Assert.All(_seen, AssertKnown);
    }

    private void AssertKnown(Sighting sighting)
    {
        PoolOptions pool = options.PoolOf(sighting.Internal.Address);
        if (pool.Deterministic is not null && sighting.Protocol != IpProtocol.Icmp)
        {
            return; // computed, as AssertOwn has seen; and not logged
        }

        IReadOnlyList<Tenure> had = _log.Had(
            sighting.Protocol, sighting.External, sighting.Remote, sighting.At);
        Assert.Contains(had, tenure => IsOf(tenure, sighting));
        Assert.All(had, tenure => Assert.True(
            IsOf(tenure, sighting) || tenure.To == sighting.At || tenure.From == sighting.At,
            $"{tenure.Given} and {sighting}"));
    }

    private static bool IsOf(Tenure tenure, Sighting sighting)
        => tenure.Given.LastPort == 0
            ? tenure.Given.Internal == sighting.Internal
            : tenure.Given.Internal.Address == sighting.Internal.Address;

    private void AssertOwner(PortOwner owner, Sighting sighting)
    {
        PoolOptions pool = options.AllPools()[owner.Pool];
        Assert.Equal(options.PoolOf(sighting.Internal.Address).Name, pool.Name);
        TranslationBehavior behavior = sighting.Protocol == IpProtocol.Tcp && pool.TcpBehavior is not null
            ? pool.TcpBehavior
            : pool.Behavior;
        Assert.Equal(
            behavior.Overload
                ? (PortOwnership.Shared, default)
                : (PortOwnership.Mapping, sighting.Internal),
            (owner.Kind, owner.Internal));
    }

    private readonly record struct Sighting(
        IpProtocol Protocol, TransportAddress Internal, TransportAddress External, TransportAddress Remote, long At);
}
