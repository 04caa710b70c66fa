using System.Runtime.CompilerServices;
using NatEngine.Packets;
using NatEngine.Translation;

namespace NatEngine.Pipeline.Lanes;

/// <summary>What leaves one lane for another, as the lookup stage sees it.</summary>
/// <remarks>What was handed here stays here, whosever it seems to be: no frame goes round.</remarks>
internal sealed class LaneBorder(LaneExchange exchange, int lane)
{
    private readonly LaneSteering _steering = exchange.Steering;
    private readonly FragmentDirector _director = new();

    /// <summary>True for an external address of the gateway: what goes there from this lane goes to another.</summary>
    internal bool IsExternal(IPv4Address address) => _steering.IsExternal(address);

    /// <summary>True if a packet that is no fragment from outside is this lane's to see to.</summary>
    internal bool IsOwn(in PacketFacts facts, Realm ingress) => _steering.LaneOf(facts, ingress) == lane;

    /// <summary>Hands a received packet to its lane, if that is another one; drops it if there is no room there, or if
    /// it claims one of our addresses and comes from outside.</summary>
    /// <returns>False if it is this lane's to see to.</returns>
    internal bool TakesAway(PacketBatch batch, int index)
    {
        if (batch.IsHanded)
        {
            return false;
        }

        ref readonly PacketFacts facts = ref batch.Facts[index];
        if (batch.Ingress == Realm.External && _steering.IsExternal(facts.Source))
        {
            batch.Drop(index, DropReason.Martian);
            return true;
        }

        if (facts.IsFragment && _steering.GoesByPort(facts, batch.Ingress))
        {
            return TakesFragmentAway(batch, index);
        }

        int owner = _steering.LaneOf(facts, batch.Ingress);
        if (owner == lane)
        {
            return false;
        }

        HandOver(batch, index, batch.Ingress, owner);
        return true;
    }

    /// <summary>Hands over a fragment that came before the first one of its packet, if that was another lane's.
    /// </summary>
    internal bool TakesEarlyAway(PacketBatch batch, int index, Realm ingress)
    {
        int owner = _steering.GoesByPort(batch.Facts[index], ingress)
            ? _director.LaneOf(FragmentKey.Of(batch.Facts[index], ingress), batch.Now)
            : FragmentDirector.Unknown;
        if (owner == FragmentDirector.Unknown)
        {
            return false;
        }

        HandOver(batch, index, ingress, owner);
        return true;
    }

    /// <summary>Has a translated packet turn round in the gateway: it leaves here and comes to the lane of its new
    /// destination as if from outside, with the external source that it has been given (RFC 4787 REQ-9a).</summary>
    /// <returns>False if the destination is no external address of another lane.</returns>
    internal bool Crosses(in PacketFacts facts, in Verdict verdict, MacAddress external, ref Departure departure)
    {
        TransportAddress destination = verdict.Rewrite.Destination;
        if (verdict.Egress != Realm.External || !_steering.IsExternal(destination.Address))
        {
            return false;
        }

        int owner = _steering.LaneOf(facts.Tuple.Protocol, destination);
        if (owner == lane)
        {
            return false;
        }

        departure = new Departure
        {
            Disposition = Disposition.Cross,
            Egress = Realm.External,
            Station = external,
            Lane = (byte)owner,
        };
        return true;
    }

    /// <summary>Has all other lanes hear an ARP packet, too. Who finds no room for it asks himself, in time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Spread(PacketBatch batch, int index)
    {
        for (int other = 0; other < exchange.Lanes; other++)
        {
            if (other != lane)
            {
                _ = exchange.TryHand(other, batch.Ingress, batch.Frames[index]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakesFragmentAway(PacketBatch batch, int index)
    {
        ref readonly PacketFacts facts = ref batch.Facts[index];
        FlowTuple key = FragmentKey.Of(facts, batch.Ingress);
        int owner = _director.LaneOf(key, batch.Now);
        if (facts.Kind != PacketKind.LaterFragment)
        {
            int directed = _steering.LaneOf(facts, batch.Ingress);
            if (directed != lane || owner != FragmentDirector.Unknown)
            {
                _director.Direct(key, directed == lane ? FragmentDirector.Unknown : directed, batch.Now);
            }

            owner = directed;
        }

        if (owner == lane || owner == FragmentDirector.Unknown)
        {
            return false;
        }

        HandOver(batch, index, batch.Ingress, owner);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HandOver(PacketBatch batch, int index, Realm side, int owner)
    {
        if (exchange.TryHand(owner, side, batch.Frames[index]))
        {
            batch.Departures[index].Disposition = Disposition.HandOver;
        }
        else
        {
            batch.Drop(index, DropReason.HandOverFull);
        }
    }
}
