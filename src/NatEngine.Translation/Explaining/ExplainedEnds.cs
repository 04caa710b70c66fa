using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Explaining;

/// <summary>Says what sessions are seen under, and why.</summary>
internal sealed class ExplainedEnds(TranslationTables tables)
{
    /// <summary>A mapping.</summary>
    /// <returns>Null if there is none.</returns>
    public ExplainedMapping? MappingOf(uint place)
    {
        if (place == 0)
        {
            return null;
        }

        Mapping mapping = tables.Mappings[place];
        TranslationBehavior behavior = tables.Pools[mapping.Pool].BehaviorOf(mapping.Protocol);
        return new ExplainedMapping
        {
            Internal = mapping.Internal,
            External = tables.Mappings.ExternalOf(place),
            Pool = mapping.Pool,
            Sessions = mapping.Sessions,
            IsPublished = mapping.IsPublished,
            Mapping = behavior.Mapping,
            Filtering = behavior.Filtering,
        };
    }

    /// <summary>What a session would be seen under.</summary>
    /// <returns>Null if its source stays as it is.</returns>
    public ExplainedPort? PortOf(in FlowTuple tuple, in Proposal proposal)
    {
        TransportAddress external = proposal.Reply.Destination;
        ExternalEnd end = proposal.End;
        if (end.Pool is ExternalAddressPool pool)
        {
            return PortOf(tuple, proposal, pool);
        }

        if (external == tuple.Source)
        {
            return null;
        }

        return new ExplainedPort
        {
            Origin = end.Mapping == 0 ? PortOrigin.AddressAlone : PortOrigin.Mapping,
            External = external,
            Pool = end.Mapping == 0 ? null : tables.Mappings[end.Mapping].Pool,
        };
    }

    private ExplainedPort PortOf(in FlowTuple tuple, in Proposal proposal, ExternalAddressPool pool)
    {
        ExternalEnd end = proposal.End;
        bool hasOwnPorts = tuple.Protocol != IpProtocol.Icmp;
        return new ExplainedPort
        {
            Origin = end.IsReused ? PortOrigin.Reused
                : end.Choice == PortChoice.Preserve && end.Address.Port == tuple.Source.Port ? PortOrigin.Preserved
                : end.Choice == PortChoice.Sequential ? PortOrigin.Next
                : PortOrigin.Drawn,
            External = end.Address,
            Choice = end.Choice,
            Pool = pool.Number,
            Within = end.Within,
            Free = CountFree(proposal),
            IsOfBlock = hasOwnPorts && pool.Blocks is not null,
            IsNewBlock = hasOwnPorts && pool.Blocks is not null && end.Block.IsNew,
            IsComputed = hasOwnPorts && pool.Deterministic is not null,
            IsOwnPortElsewhere = tables.Pools.Addresses.AreShared
                && SpaceOf(proposal).Others.IsFree(tuple.Source.Port),
            KeepsParity = pool.BehaviorOf(tuple.Protocol).PreserveParity,
            IsShared = end.IsShared,
        };
    }

    private int CountFree(in Proposal proposal)
    {
        ExternalEnd end = proposal.End;
        return end.IsShared && tables.SharedPorts is SharedPorts shared
            ? shared.CountFree(end.Number, proposal.Reply, end.Within)
            : SpaceOf(proposal).Free.CountFree(end.Within);
    }

    private PortSpace SpaceOf(in Proposal proposal)
        => tables.Pools.Addresses.SpaceOf(proposal.End.Number, proposal.Reply.Protocol);
}
