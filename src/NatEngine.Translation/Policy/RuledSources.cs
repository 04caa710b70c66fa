using System;
using NatEngine.Packets;
using NatEngine.Translation.Ports;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Policy;

/// <summary>Gives sessions the source that a rule names, with the contract of the pool that has the address.</summary>
internal sealed class RuledSources(TranslationTables tables, ExternalEnds externalEnds)
{
    private readonly ExternalAddresses _addresses = tables.Pools.Addresses;
    private readonly MappingTable _mappings = tables.Mappings;

    /// <summary>Finds one.</summary>
    /// <param name="target">What the rule names.</param>
    /// <param name="tuple">The session's first packet.</param>
    /// <param name="remote">Where the session goes.</param>
    /// <param name="random">Chance.</param>
    /// <param name="end">What is found; all zero before.</param>
    /// <returns><see cref="DropReason.None"/>, or why there is none.</returns>
    public DropReason TryFind(
        SourceTarget target, in FlowTuple tuple, TransportAddress remote, Random random, ref ExternalEnd end)
    {
        end.Address = new TransportAddress(AddressFor(target, tuple), tuple.Source.Port);
        if (target.KeptBits != 0 || tuple.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Icmp))
        {
            return DropReason.None; // the address alone
        }

        if (!_addresses.TryFind(end.Address.Address, out end.Number)
            || !tables.Pools.TryFindOwner(tuple.Source.Address, end.Number, out ExternalAddressPool? pool))
        {
            return DropReason.PortsExhausted; // no address is left of those that the rule names
        }

        if (target.IsWholePool)
        {
            // Mappings of the host's own pool it has in common with MASQUERADE.
            ushort rule = pool == tables.Pools.Of(tuple.Source.Address) ? SourceTarget.PoolsOwn : target.Key;
            return externalEnds.TryFind(pool, tuple, remote, random, ref end, rule);
        }

        return TryReuse(target, tuple, remote, ref end)
            ? DropReason.None
            : TryFindOf(pool, target, tuple, remote, random, ref end);
    }

    // find_appropriate_src: what the internal end has already is taken before an address is chosen among several, if
    // the rule could have given it, and does not insist on chance.
    private bool TryReuse(SourceTarget target, in FlowTuple tuple, TransportAddress remote, ref ExternalEnd end)
    {
        int chosen = end.Number;
        if (!target.IsFullyRandom && tables.TryFindLast(tuple, out TransportAddress last)
            && target.MayHave(last.Address)
            && _addresses.TryFind(last.Address, out end.Number)
            && tables.Pools.TryFindOwner(tuple.Source.Address, end.Number, out ExternalAddressPool? pool)
            && externalEnds.TryReuse(pool, tuple, remote, PortsFor(target, tuple, pool), ref end))
        {
            return true;
        }

        end.Number = chosen;
        return false;
    }

    private DropReason TryFindOf(
        ExternalAddressPool pool, SourceTarget target, in FlowTuple tuple, TransportAddress remote, Random random,
        ref ExternalEnd end)
    {
        TranslationBehavior behavior = pool.BehaviorOf(tuple.Protocol);
        end.Key = ExternalEnds.KeyOf(tuple, behavior.Mapping, target.Key);
        end.Mapping = behavior.Overload ? 0 : _mappings.FindInternal(end.Key);
        if (end.Mapping != 0)
        {
            end.Address = _mappings.ExternalOf(end.Mapping);
            return DropReason.None;
        }

        DropReason refusal = externalEnds.RoomFor(behavior, tuple.Source.Address);
        return refusal == DropReason.None ? TryFindNew(pool, target, tuple, remote, random, ref end) : refusal;
    }

    private DropReason TryFindNew(
        ExternalAddressPool pool, SourceTarget target, in FlowTuple tuple, TransportAddress remote, Random random,
        ref ExternalEnd end)
    {
        pool.Release(tables.Now, ExternalEnds.ReleasedAtOnce);
        PortRange within = PortsFor(target, tuple, pool);
        PortChooser chooser = target.IsRandom ? pool.DrawingChooserOf(tuple.Protocol) : pool.ChooserOf(tuple.Protocol);
        return externalEnds.TryFindPort(pool, chooser, tuple, remote, within, random, ref end)
            ? DropReason.None
            : DropReason.PortsExhausted;
    }

    private static PortRange PortsFor(SourceTarget target, in FlowTuple tuple, ExternalAddressPool pool)
        => tuple.Protocol == IpProtocol.Icmp ? PortRange.All : target.Ports ?? pool.Ports;

    private IPv4Address AddressFor(SourceTarget target, in FlowTuple tuple)
    {
        IPv4Address source = tuple.Source.Address;
        if (target.KeptBits != 0)
        {
            return new IPv4Address(target.Addresses[0].Value | (source.Value & target.KeptBits));
        }

        if (target.Addresses.Count == 0)
        {
            ExternalAddressPool pool = tables.Pools.Of(source);
            return pool.AddressAt(pool.PairedWith(source));
        }

        return target.Addresses[(int)ChoiceOfAddress.Of(tuple, target.IsPersistent, (uint)target.Addresses.Count)];
    }
}
