using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Numerics;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Ports;

/// <summary>Which ports are free, and the next one: at the same cost for the first as for the last. A view of
/// <see cref="Words"/> words somewhere in an array.</summary>
/// <remarks>A bit for every port, set if it is free, and above them a bit for every 64 ports, set if one of them is
/// free, kept for even and odd ports apart (RFC 4787 REQ-4 wants the parity preserved). The free port that follows a
/// given one is found by looking at 18 words at most, whatever the fill.</remarks>
internal readonly struct PortSet(NativeArray<ulong> words, uint first)
{
    /// <summary>No port.</summary>
    public const int None = -1;

    /// <summary>How many words a set takes.</summary>
    public const int Words = FreeCountWord + 1;

    private const int Ports = ushort.MaxValue + 1;
    private const int WordBits = 64;
    private const int PortWords = Ports / WordBits;
    private const int SummaryWords = PortWords / WordBits;
    private const int EvenSummary = PortWords;
    private const int OddSummary = EvenSummary + SummaryWords;
    private const int FreeCountWord = OddSummary + SummaryWords;
    private const ulong EvenPorts = 0x5555_5555_5555_5555;

    /// <summary>How many ports are free.</summary>
    public int FreeCount => (int)Word(FreeCountWord);

    /// <summary>How many ports of <paramref name="range"/> are free: up to 1,024 words are looked at.</summary>
    public int CountFree(PortRange range)
    {
        int count = 0;
        for (int word = range.First / WordBits; word <= range.Last / WordBits; word++)
        {
            ulong inside = word == range.First / WordBits ? ~0UL << (range.First % WordBits) : ~0UL;
            inside &= word == range.Last / WordBits ? ~0UL >> (WordBits - 1 - (range.Last % WordBits)) : ~0UL;
            count += BitOperations.PopCount(Word(word) & inside);
        }

        return count;
    }

    /// <summary>Makes all of <paramref name="range"/> free, except what is excluded. Nothing else is, but for other
    /// ranges that this is called with.</summary>
    public void Fill(PortRange range, IReadOnlyList<PortRange> excluded)
    {
        for (int port = range.First; port <= range.Last; port++)
        {
            Release((ushort)port);
        }

        foreach (PortRange gap in excluded)
        {
            for (int port = Math.Max(gap.First, range.First); port <= Math.Min(gap.Last, range.Last); port++)
            {
                _ = TryTake((ushort)port);
            }
        }
    }

    /// <summary>Becomes a copy of <paramref name="other"/>.</summary>
    public void CopyFrom(PortSet other)
    {
        for (int word = 0; word < Words; word++)
        {
            Word(word) = other.Word(word);
        }
    }

    /// <summary>True if <paramref name="port"/> is free.</summary>
    public bool IsFree(ushort port) => (Word(port / WordBits) & (1UL << (port % WordBits))) != 0;

    /// <summary>Asks for the memory of <see cref="IsFree"/>.</summary>
    public void Prefetch(ushort port) => words.Prefetch(first + (uint)(port / WordBits));

    /// <summary>Takes <paramref name="port"/>, if it is free.</summary>
    public bool TryTake(ushort port)
    {
        if (!IsFree(port))
        {
            return false;
        }

        int word = port / WordBits;
        ref ulong here = ref Word(word);
        here &= ~(1UL << (port % WordBits));
        Word(FreeCountWord)--;
        bool odd = (port & 1) != 0;
        if ((here & ParityOf(odd)) == 0)
        {
            Word(SummaryOf(odd) + (word / WordBits)) &= ~(1UL << (word % WordBits));
        }

        return true;
    }

    /// <summary>The first free port from <paramref name="start"/> on, going round at the end.</summary>
    /// <param name="within">Where to look.</param>
    /// <param name="start">Where to begin; one of <paramref name="within"/>.</param>
    /// <param name="odd">Which parity to look for first; the other serves if it has none left.</param>
    /// <returns>The port, or <see cref="None"/> if none is free.</returns>
    public int FindNext(PortRange within, ushort start, bool odd)
    {
        if (FreeCount == 0)
        {
            return None; // When all are used, newcomers keep trying: let that cost one access.
        }

        int port = NextFree(within, start, odd);
        return port == None ? NextFree(within, start, !odd) : port;
    }

    /// <summary>The first free port from <paramref name="start"/> on, going round at the end, of whatever parity.
    /// </summary>
    /// <param name="within">Where to look.</param>
    /// <param name="start">Where to begin; one of <paramref name="within"/>.</param>
    /// <returns>The port, or <see cref="None"/> if none is free.</returns>
    public int FindNext(PortRange within, ushort start)
    {
        if (FreeCount == 0)
        {
            return None;
        }

        int even = NextFree(within, start, odd: false);
        int odd = NextFree(within, start, odd: true);
        if (even == None || odd == None)
        {
            return Math.Max(even, odd);
        }

        // The nearer of the two, counted in the direction of the search.
        return Distance(odd) < Distance(even) ? odd : even;

        int Distance(int port) => port >= start ? port - start : port - start + within.Count;
    }

    /// <summary>Gives a port back.</summary>
    public void Release(ushort port)
    {
        Debug.Assert(!IsFree(port), "What is released was taken.");
        int word = port / WordBits;
        Word(word) |= 1UL << (port % WordBits);
        Word(SummaryOf((port & 1) != 0) + (word / WordBits)) |= 1UL << (word % WordBits);
        Word(FreeCountWord)++;
    }

    private static ulong ParityOf(bool odd) => odd ? ~EvenPorts : EvenPorts;

    private static int SummaryOf(bool odd) => odd ? OddSummary : EvenSummary;

    private ref ulong Word(int index) => ref words[first + (uint)index];

    // The same, going round at the end of a range.
    private int NextFree(PortRange within, int start, bool odd)
    {
        Debug.Assert(within.Contains(start), "A search begins where it looks.");
        int port = NextFree(start, odd);
        if (port == None || (port >= start && port <= within.Last))
        {
            return port;
        }

        port = NextFree(within.First, odd);
        return within.Contains(port) ? port : None;
    }

    // The first free port of that parity at or after start, going round at the end.
    private int NextFree(int start, bool odd)
    {
        int word = start / WordBits;
        ulong here = Word(word) & ParityOf(odd) & (~0UL << (start % WordBits));
        if (here == 0)
        {
            word = NextWord(SummaryOf(odd), word + 1);
            if (word == None)
            {
                return None;
            }

            here = Word(word) & ParityOf(odd);
        }

        return (word * WordBits) + BitOperations.TrailingZeroCount(here);
    }

    // The first word with a free port at or after start, going round at the end, those before start included.
    private int NextWord(int summary, int start)
    {
        int at = start / WordBits % SummaryWords;
        ulong here = Word(summary + at) & (~0UL << (start % WordBits));
        for (int looked = 0; here == 0 && looked < SummaryWords; looked++)
        {
            at = (at + 1) % SummaryWords;
            here = Word(summary + at);
        }

        return here == 0 ? None : (at * WordBits) + BitOperations.TrailingZeroCount(here);
    }
}
