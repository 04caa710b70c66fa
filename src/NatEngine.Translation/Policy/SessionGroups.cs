using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation.Policy;

/// <summary>How many live sessions a rule has met, by group of addresses (nf_conncount.c): a list of tuples for each
/// group, from which those whose session is gone are taken out when they are met.</summary>
/// <remarks>Allocates nothing after it is made. The memory is used as sessions come.</remarks>
internal sealed class SessionGroups
{
    /// <summary>How many sessions a rule counts at most; with more, every group is full.</summary>
    public const int Capacity = 1 << 16;

    /// <summary>More than any limit.</summary>
    public const int Full = int.MaxValue;

    private const int Heads = 1 << 14;

    // What nobody asks for any more is found by a hand that goes round; each newcomer moves it.
    private const int SweptAtOnce = 4;

    private readonly int[] _heads = new int[Heads];
    private readonly Entry[] _entries = new Entry[Capacity + 1]; // the first stands for none
    private int _free;
    private int _used;
    private int _hand;

    /// <summary>Counts a session and says how many its group has, itself included.</summary>
    /// <param name="group">The part of an address that the group has in common.</param>
    /// <param name="subject">A packet of the session.</param>
    public int Count(uint group, ref RuleSubject subject)
    {
        ref int link = ref _heads[(int)((group * 0x9E37_79B9u) >> 18)];
        int count = 1;
        bool isKnown = false;
        while (link != 0)
        {
            ref Entry entry = ref _entries[link];
            bool isOwn = entry.Group == group && entry.Session == subject.Original;
            if (!isOwn && !subject.IsDry && !IsLive(entry.Session, subject))
            {
                Free(ref link);
                continue;
            }

            isKnown |= isOwn;
            count += !isOwn && entry.Group == group && IsLive(entry.Session, subject) ? 1 : 0;
            link = ref entry.Next;
        }

        return isKnown || subject.IsDry || TryAdd(ref link, group, subject) ? count : Full;
    }

    // A connection that is over counts no more, though it is still remembered (already_closed).
    private static bool IsLive(in FlowTuple session, in RuleSubject subject)
    {
        SessionTable sessions = subject.Sessions!;
        uint place = sessions.Find(session) >> 1;
        return place != 0
            && !sessions[place].IsExpired(subject.Now)
            && sessions[place].State is not (TcpState.TimeWait or TcpState.Close);
    }

    private bool TryAdd(ref int link, uint group, in RuleSubject subject)
    {
        int place = _free;
        if (place != 0)
        {
            _free = _entries[place].Next;
        }
        else if (_used < Capacity)
        {
            place = ++_used;
        }
        else
        {
            Sweep(subject);
            return false;
        }

        _entries[place] = new Entry { Session = subject.Original, Group = group };
        link = place;
        Sweep(subject);
        return true;
    }

    private void Sweep(in RuleSubject subject)
    {
        for (int step = 0; step < SweptAtOnce; step++)
        {
            _hand = _hand >= _used ? 1 : _hand + 1;
            ref readonly Entry entry = ref _entries[_hand];
            bool isUsed = entry.Session != default && entry.Session != subject.Original;
            if (isUsed && !IsLive(entry.Session, subject))
            {
                Unlink(_hand);
            }
        }
    }

    private void Unlink(int place)
    {
        ref int link = ref _heads[(int)((_entries[place].Group * 0x9E37_79B9u) >> 18)];
        while (link != place)
        {
            link = ref _entries[link].Next;
        }

        Free(ref link);
    }

    private void Free(ref int link)
    {
        int place = link;
        link = _entries[place].Next;
        _entries[place] = new Entry { Next = _free };
        _free = place;
    }

    private struct Entry
    {
        public FlowTuple Session;
        public uint Group;
        public int Next;
    }
}
