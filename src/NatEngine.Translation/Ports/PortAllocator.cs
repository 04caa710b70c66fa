using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Numerics;

namespace NatEngine.Translation.Ports;

/// <summary>Which ports of one external address and protocol are free, and the next one: at the same cost for the first
/// as for the last.</summary>
/// <remarks>A bit for every port, set if it is free, and above them a bit for every 64 ports, set if one of them is
/// free, kept for even and odd ports apart (RFC 4787 REQ-4 wants the parity preserved). The free port that follows a
/// given one is found by looking at 18 words at most, whatever the fill.</remarks>
internal sealed class PortAllocator
{
    /// <summary>No port.</summary>
    public const int None = -1;

    private const int Ports = 65536;
    private const int WordBits = 64;
    private const int Words = Ports / WordBits;
    private const ulong EvenPorts = 0x5555_5555_5555_5555;

    private readonly ulong[] _free = new ulong[Words];
    private readonly ulong[] _anyFreeEven = new ulong[Words / WordBits];
    private readonly ulong[] _anyFreeOdd = new ulong[Words / WordBits];
    private readonly PortRange _range;

    /// <summary>All of <paramref name="range"/> is free, except what is excluded; nothing else ever is.</summary>
    public PortAllocator(PortRange range, IReadOnlyList<PortRange> excluded)
    {
        _range = range;
        for (int port = range.First; port <= range.Last; port++)
        {
            SetFree((ushort)port);
            FreeCount++;
        }

        foreach (PortRange gap in excluded)
        {
            for (int port = Math.Max(gap.First, range.First); port <= Math.Min(gap.Last, range.Last); port++)
            {
                _ = TryTake((ushort)port);
            }
        }

        Capacity = FreeCount;
    }

    /// <summary>How many ports there are to be had in all.</summary>
    public int Capacity { get; }

    /// <summary>How many are free.</summary>
    public int FreeCount { get; private set; }

    /// <summary>Takes <paramref name="port"/>, if it is free.</summary>
    public bool TryTake(ushort port)
    {
        if ((_free[port / WordBits] & (1UL << (port % WordBits))) == 0)
        {
            return false;
        }

        Take(port);
        return true;
    }

    /// <summary>Takes a free port: the first from a random place on, of the parity of <paramref name="like"/> if there
    /// is one (RFC 4787 REQ-4), else of the other.</summary>
    /// <returns>The port, or <see cref="None"/> if none is free.</returns>
    /// <remarks>RFC 6056 section 3.3.1, simple randomization, without its loop of unbounded length.</remarks>
    public int TakeAny(Random random, ushort like)
    {
        if (FreeCount == 0)
        {
            return None;
        }

        int start = _range.First + random.Next(_range.Count);
        bool odd = (like & 1) != 0;
        int port = NextFree(start, odd);
        if (port == None)
        {
            port = NextFree(start, !odd);
        }

        Debug.Assert(port != None, "One is free, of one parity or the other.");
        Take((ushort)port);
        return port;
    }

    /// <summary>Gives a taken port back.</summary>
    public void Release(ushort port)
    {
        Debug.Assert(
            _range.Contains(port) && (_free[port / WordBits] & (1UL << (port % WordBits))) == 0,
            "What is released was taken.");
        SetFree(port);
        FreeCount++;
    }

    // The first free port of that parity at or after start, going round at the end.
    private int NextFree(int start, bool odd)
    {
        ulong parity = odd ? ~EvenPorts : EvenPorts;
        int word = start / WordBits;
        ulong here = _free[word] & parity & (~0UL << (start % WordBits));
        if (here == 0)
        {
            word = NextWord(odd ? _anyFreeOdd : _anyFreeEven, word + 1);
            if (word == None)
            {
                return None;
            }

            here = _free[word] & parity;
        }

        return (word * WordBits) + BitOperations.TrailingZeroCount(here);
    }

    // The first word with a free port at or after start, going round at the end, start's own predecessor included.
    private static int NextWord(ulong[] anyFree, int start)
    {
        int at = start / WordBits % anyFree.Length;
        ulong here = anyFree[at] & (~0UL << (start % WordBits));
        for (int looked = 0; here == 0 && looked < anyFree.Length; looked++)
        {
            at = (at + 1) % anyFree.Length;
            here = anyFree[at];
        }

        return here == 0 ? None : (at * WordBits) + BitOperations.TrailingZeroCount(here);
    }

    private void Take(ushort port)
    {
        int word = port / WordBits;
        _free[word] &= ~(1UL << (port % WordBits));
        FreeCount--;
        ulong parity = (port & 1) != 0 ? ~EvenPorts : EvenPorts;
        if ((_free[word] & parity) == 0)
        {
            AnyFree(port)[word / WordBits] &= ~(1UL << (word % WordBits));
        }
    }

    private void SetFree(ushort port)
    {
        int word = port / WordBits;
        _free[word] |= 1UL << (port % WordBits);
        AnyFree(port)[word / WordBits] |= 1UL << (word % WordBits);
    }

    private ulong[] AnyFree(ushort port) => (port & 1) != 0 ? _anyFreeOdd : _anyFreeEven;
}
