using System;
using System.Collections.Generic;
using NatEngine.Packets;

namespace NatEngine.Translation.Ports;

/// <summary>Who has which ports, block by block. An owner's blocks are all of one external address, and stay his for a
/// while when none of their ports is in use any more.</summary>
/// <remarks>A block is chosen at random, and so is a port in it unless it can be preserved (RFC 6888 REQ-15). All
/// memory is taken at the start: a dictionary that has had its size stays within it.</remarks>
internal sealed class PortBlocks
{
    /// <summary>No block.</summary>
    public const int None = -1;

    private readonly PortBlockOptions _options;
    private readonly PortRange _ports;
    private readonly BlockRecorder? _recorder;
    private readonly LaneSlice? _slice;
    private readonly uint _delay;
    private readonly int _perAddress;
    private readonly PortBlock[] _blocks;
    private readonly int[] _free;
    private readonly int[] _freeCounts;
    private readonly Dictionary<IPv4Address, int> _firstOf;
    private int _oldest = None;
    private int _newest = None;

    /// <summary>All blocks are nobody's.</summary>
    public PortBlocks(
        PortBlockOptions options, PortRange ports, int addresses, BlockRecorder? recorder = null,
        LaneSlice? slice = null)
    {
        _options = options;
        _ports = ports;
        _recorder = recorder;
        _slice = slice;
        _delay = (uint)options.ReleaseDelay.TotalMilliseconds;
        _perAddress = ports.Count / options.Size;
        _blocks = new PortBlock[_perAddress * addresses];
        _free = new int[_blocks.Length];
        _freeCounts = new int[addresses];
        _firstOf = new Dictionary<IPv4Address, int>(_blocks.Length);
        for (int block = 0; block < _blocks.Length; block++)
        {
            if (IsOurs(RangeOf(block).First))
            {
                int address = block / _perAddress;
                _free[(address * _perAddress) + _freeCounts[address]++] = block;
            }
        }
    }

    /// <summary>True if an internal address has as many blocks as it may.</summary>
    public bool HasMost(IPv4Address owner)
    {
        int count = 0;
        for (int block = FirstOf(owner); block != None; block = _blocks[block].Next)
        {
            count++;
        }

        return count == _options.MaxPerSubscriber;
    }

    /// <summary>Finds whose block a port is in.</summary>
    /// <param name="address">The external address, by its place in the pool.</param>
    /// <param name="port">The port, one of the pool's.</param>
    /// <param name="owner">The internal address.</param>
    /// <param name="ports">The block's ports.</param>
    /// <returns>False if the block is nobody's, or the port in none because they do not fill the range.</returns>
    public bool TryFindOwner(int address, ushort port, out IPv4Address owner, out PortRange ports)
    {
        int index = (port - _ports.First) / _options.Size;
        int place = (address * _perAddress) + index;
        owner = default;
        ports = default;
        if (index >= _perAddress || !IsOurs(port)
            || _free.AsSpan(address * _perAddress, _freeCounts[address]).Contains(place))
        {
            return false;
        }

        owner = _blocks[place].Owner;
        ports = RangeOf(place);
        return true;
    }

    /// <summary>Finds a port in one of the owner's blocks, or in a new one if they have none left.</summary>
    /// <param name="chooser">Chooses it.</param>
    /// <param name="space">The ports of the external address for the protocol.</param>
    /// <param name="address">The external address, by its place in the pool.</param>
    /// <param name="owner">The internal address.</param>
    /// <param name="like">The internal end's port.</param>
    /// <param name="random">Chance.</param>
    /// <param name="found">The block that the port is in.</param>
    /// <returns>The port, or <see cref="PortSet.None"/>.</returns>
    public int Find(
        PortChooser chooser, PortSpace space, int address, IPv4Address owner, ushort like, Random random,
        out BlockPlace found)
    {
        for (int block = FirstOf(owner); block != None; block = _blocks[block].Next)
        {
            found = new BlockPlace(block, None);
            int port = chooser.Find(space, space.Free, RangeOf(block), like, random);
            if (port != PortSet.None)
            {
                return port;
            }
        }

        found = default;
        if (_freeCounts[address] == 0 || HasMost(owner))
        {
            return PortSet.None;
        }

        // Published services may have all of it.
        int chosen = random.Next(_freeCounts[address]);
        found = new BlockPlace(_free[(address * _perAddress) + chosen], chosen);
        return chooser.Find(space, space.Free, RangeOf(found.Block), like, random);
    }

    /// <summary>Takes note that a port of a block is used, and gives the block to its owner if it is a new one.
    /// </summary>
    public void Take(BlockPlace found, IPv4Address owner, uint now)
    {
        if (!found.IsNew)
        {
            Use(found.Block);
            return;
        }

        int address = found.Block / _perAddress;
        Span<int> free = _free.AsSpan(address * _perAddress, _freeCounts[address]--);
        free[found.FreePlace] = free[^1];
        _blocks[found.Block] = new PortBlock { Owner = owner, Next = FirstOf(owner), Used = 1 };
        _firstOf[owner] = found.Block;
        _recorder?.Record(TranslationEventKind.BlockAllocated, owner, address, RangeOf(found.Block), now);
    }

    /// <summary>The ports of a block.</summary>
    public PortRange RangeOf(BlockPlace block) => RangeOf(block.Block);

    /// <summary>Takes note that a port is free again.</summary>
    public void Free(int address, ushort port, uint now)
    {
        int place = (address * _perAddress) + ((port - _ports.First) / _options.Size);
        ref PortBlock block = ref _blocks[place];
        block.Used--;
        if (block.Used > 0)
        {
            return;
        }

        block.IdleSince = now;
        block.Older = _newest;
        block.Newer = None;
        if (_newest == None)
        {
            _oldest = place;
        }
        else
        {
            _blocks[_newest].Newer = place;
        }

        _newest = place;
    }

    /// <summary>Takes blocks from their owners that have long been unused, at most <paramref name="limit"/>.</summary>
    public void Release(uint now, int limit)
    {
        while (limit-- > 0 && _oldest != None && now - _blocks[_oldest].IdleSince >= _delay)
        {
            int place = _oldest;
            Unqueue(place);
            RemoveFromOwner(place);
            int address = place / _perAddress;
            _recorder?.Record(
                TranslationEventKind.BlockReleased, _blocks[place].Owner, address, RangeOf(place), now);
            _free[(address * _perAddress) + _freeCounts[address]++] = place;
        }
    }

    private bool IsOurs(ushort port) => _slice is not LaneSlice slice || slice.Has(port);

    private int FirstOf(IPv4Address owner) => _firstOf.TryGetValue(owner, out int first) ? first : None;

    private PortRange RangeOf(int block)
    {
        int first = _ports.First + (block % _perAddress * _options.Size);
        return new PortRange((ushort)first, (ushort)(first + _options.Size - 1));
    }

    private void Use(int place)
    {
        if (_blocks[place].Used++ == 0)
        {
            Unqueue(place);
        }
    }

    private void Unqueue(int place)
    {
        PortBlock block = _blocks[place];
        if (block.Older == None)
        {
            _oldest = block.Newer;
        }
        else
        {
            _blocks[block.Older].Newer = block.Newer;
        }

        if (block.Newer == None)
        {
            _newest = block.Older;
        }
        else
        {
            _blocks[block.Newer].Older = block.Older;
        }
    }

    private void RemoveFromOwner(int place)
    {
        PortBlock block = _blocks[place];
        int before = FirstOf(block.Owner);
        if (before == place)
        {
            if (block.Next == None)
            {
                _ = _firstOf.Remove(block.Owner);
            }
            else
            {
                _firstOf[block.Owner] = block.Next;
            }

            return;
        }

        while (_blocks[before].Next != place)
        {
            before = _blocks[before].Next;
        }

        _blocks[before].Next = block.Next;
    }
}
