using System;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Ports;

/// <summary>Ports of a pool that are nobody's and that nobody gets yet (RFC 6888 REQ-8), in the order in which they
/// were freed.</summary>
internal sealed class PortQuarantine : IDisposable
{
    private readonly ExternalAddressPool _pool;
    private readonly ExternalAddresses _addresses;
    private readonly NativeArray<Held> _ring;
    private readonly uint _milliseconds;
    private uint _first;
    private uint _count;

    /// <summary>Makes an empty one.</summary>
    public PortQuarantine(TranslationBehavior behavior, ExternalAddressPool pool, ExternalAddresses addresses)
    {
        _pool = pool;
        _addresses = addresses;
        _milliseconds = (uint)behavior.Quarantine.TotalMilliseconds;
        _ring = new NativeArray<Held>(_milliseconds == 0 ? 1 : (uint)behavior.MaxQuarantined);
    }

    /// <summary>Takes in a port that its mapping has left.</summary>
    public void Free(in Mapping mapping, uint now)
    {
        if (_milliseconds == 0 || mapping.Protocol == IpProtocol.Tcp)
        {
            Release(mapping.ExternalAddress, mapping.Protocol, mapping.ExternalPort, now);
            return;
        }

        if (_count == _ring.Length)
        {
            ReleaseFirst(now);
        }

        uint place = _first + _count;
        _ring[place < _ring.Length ? place : place - _ring.Length] = new Held
        {
            Until = now + _milliseconds,
            Address = mapping.ExternalAddress,
            Port = mapping.ExternalPort,
            Protocol = mapping.Protocol,
        };
        _count++;
    }

    /// <summary>Frees ports whose time is over, at most <paramref name="limit"/>.</summary>
    /// <returns>How many.</returns>
    public int Release(uint now, int limit)
    {
        int released = 0;
        while (released < limit && _count > 0 && (int)(_ring[_first].Until - now) <= 0)
        {
            ReleaseFirst(now);
            released++;
        }

        return released;
    }

    /// <inheritdoc/>
    public void Dispose() => _ring.Dispose();

    private void Release(int address, IpProtocol protocol, ushort port, uint now)
    {
        _addresses.SpaceOf(address, protocol).Free.Release(port);
        if (_pool.Blocks is PortBlocks blocks && protocol != IpProtocol.Icmp)
        {
            blocks.Free(_pool.PlaceOf(address), port, now);
        }
    }

    private void ReleaseFirst(uint now)
    {
        Held held = _ring[_first];
        Release(held.Address, held.Protocol, held.Port, now);
        _first = _first + 1 == _ring.Length ? 0 : _first + 1;
        _count--;
    }

    private struct Held
    {
        public uint Until;
        public ushort Address;
        public ushort Port;
        public IpProtocol Protocol;
    }
}
