using System;
using System.Diagnostics;
using System.Numerics;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Timing;

/// <summary>Says whose deadline has come, exact to the millisecond, at a cost that does not depend on how many wait: a
/// hierarchical timing wheel (Varghese and Lauck, 1987).</summary>
/// <remarks>
/// <para>Four wheels of 256 slots, one for each octet of a 32-bit time in milliseconds. An entry waits on the wheel of
/// the highest octet in which its deadline differs from the present, in the slot of that octet; when the present
/// reaches the slot, the entry is handed out, due or not, and whoever takes one that is not due arms it again, further
/// down.
/// </para>
/// <para>The wheel does not know deadlines, and a packet that prolongs a session does not touch it: the entry is handed
/// out at its old time and armed for the new one then. Only a deadline that moves closer must be armed at once.</para>
/// <para>Deadlines lie at most 2^31 - 1 milliseconds (24 days) ahead, so time may wrap around.</para>
/// </remarks>
internal sealed class TimingWheel : IDisposable
{
    private const int Levels = 4;
    private const int SlotsPerLevel = 256;
    private const int BitsPerLevel = 8;
    private const int WordsPerLevel = SlotsPerLevel / 64;

    // In Previous: not an entry but the slot whose first entry this is.
    private const uint SlotMark = 0x8000_0000;

    private readonly uint[] _slots = new uint[Levels * SlotsPerLevel];
    private readonly ulong[] _occupied = new ulong[Levels * WordsPerLevel];
    private readonly NativeArray<Link> _links;
    private uint _present;
    private uint _armed;

    /// <summary>Makes a wheel for entries 1 to <paramref name="entries"/>, none armed.</summary>
    public TimingWheel(uint entries) => _links = new NativeArray<Link>(entries + 1);

    /// <summary>Goes to the present at once if nothing is armed: after a long silence, or at the start, whatever the
    /// time is then.</summary>
    public void SkipTo(uint now)
    {
        if (_armed == 0)
        {
            _present = now;
        }
    }

    /// <summary>Asks for the memory of an entry that is going to be armed.</summary>
    public void Prefetch(uint entry) => _links.Prefetch(entry);

    /// <summary>Hands <paramref name="entry"/> out when <paramref name="deadline"/> has come, or at some time before.
    /// </summary>
    public void Arm(uint entry, uint deadline)
    {
        Debug.Assert(_links[entry].Previous == 0, "An entry is armed once.");
        if ((int)(deadline - _present) < 0)
        {
            deadline = _present;
        }

        uint different = (deadline ^ _present) | 1; // equal: level 0
        int level = BitOperations.Log2(different) / BitsPerLevel;
        uint slot = SlotOf(level, deadline);
        uint first = _slots[slot];
        _links[entry] = new Link { Next = first, Previous = SlotMark | slot };
        if (first != 0)
        {
            _links[first].Previous = entry;
        }

        _armed++;
        _slots[slot] = entry;
        _occupied[slot / 64] |= 1UL << (int)(slot % 64);
    }

    /// <summary>Forgets <paramref name="entry"/>, if it is armed.</summary>
    public void Disarm(uint entry)
    {
        Link link = _links[entry];
        if (link.Previous == 0)
        {
            return;
        }

        _armed--;
        _links[entry] = default;
        if (link.Next != 0)
        {
            _links[link.Next].Previous = link.Previous;
        }

        if ((link.Previous & SlotMark) == 0)
        {
            _links[link.Previous].Next = link.Next;
            return;
        }

        uint slot = link.Previous & ~SlotMark;
        _slots[slot] = link.Next;
        if (link.Next == 0)
        {
            _occupied[slot / 64] &= ~(1UL << (int)(slot % 64));
        }
    }

    /// <summary>Hands out one entry that may be due at <paramref name="now"/>, disarmed. Whoever gets it compares its
    /// deadline and arms it again if that is still to come.</summary>
    /// <returns>False if nothing is due: all that is armed has its time after <paramref name="now"/>.</returns>
    public bool TryTake(uint now, out uint entry)
    {
        do
        {
            for (int level = 0; level < Levels; level++)
            {
                entry = _slots[SlotOf(level, _present)];
                if (entry != 0)
                {
                    Disarm(entry);
                    return true;
                }
            }
        }
        while (TryStep(now));

        entry = 0;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _links.Dispose();

    private static uint SlotOf(int level, uint time)
        => (uint)(level * SlotsPerLevel) + ((time >> (level * BitsPerLevel)) & (SlotsPerLevel - 1));

    // Goes to the next time at which a slot is to be looked at, if that is not after now; else to now.
    private bool TryStep(uint now)
    {
        if ((int)(now - _present) <= 0)
        {
            return false;
        }

        // The nearest is on the lowest wheel that has one: what waits further up differs in a higher octet.
        for (int level = 0; level < Levels; level++)
        {
            int shift = level * BitsPerLevel;
            int slot = NextOccupied(level, (int)((_present >> shift) & (SlotsPerLevel - 1)));
            if (slot < 0)
            {
                continue;
            }

            // The octets above stay, those below start at zero. On the highest wheel there are none above, and a slot
            // before the present one is reached after time has wrapped around.
            ulong above = ~0UL << (shift + BitsPerLevel);
            uint next = (uint)(_present & above) | ((uint)slot << shift);
            if ((int)(next - now) > 0)
            {
                break;
            }

            _present = next;
            return true;
        }

        _present = now;
        return false;
    }

    // The first occupied slot after the given one; only the highest wheel goes round.
    private int NextOccupied(int level, int slot)
    {
        int found = FirstOccupied(level, slot + 1);
        return found >= 0 || level < Levels - 1 ? found : FirstOccupied(level, 0);
    }

    private int FirstOccupied(int level, int from)
    {
        for (int word = from / 64; word < WordsPerLevel; word++)
        {
            ulong bits = _occupied[(level * WordsPerLevel) + word];
            bits &= word == from / 64 ? ~0UL << (from % 64) : ~0UL;
            if (bits != 0)
            {
                return (word * 64) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return -1;
    }

    private struct Link
    {
        public uint Next;
        public uint Previous;
    }
}
