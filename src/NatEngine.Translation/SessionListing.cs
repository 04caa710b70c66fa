using System;
using NatEngine.Packets;
using NatEngine.Translation.Tables;

namespace NatEngine.Translation;

/// <summary>What an operator does to sessions: lists them, ends them. In slices, so that no packet waits for
/// it.</summary>
internal sealed class SessionListing(TranslationTables tables)
{
    /// <summary>The value of a cursor when all sessions have been seen.</summary>
    public const uint End = uint.MaxValue;

    // How many places a listing looks at before it returns, if it finds few sessions there.
    private const int PlacesPerSlice = 1024;

    private readonly SessionTable _sessions = tables.Sessions;

    /// <summary>See <see cref="Translator.List"/>.</summary>
    public int List(ref uint cursor, Timestamp now, Span<SessionSnapshot> snapshots)
    {
        uint place = Begin(cursor, PlacesPerSlice, out uint end);
        int count = 0;
        for (; place < end && count < snapshots.Length; place++)
        {
            ref Session session = ref _sessions[place];
            if (session.IsLive && !session.IsExpired((uint)now.Milliseconds))
            {
                snapshots[count++] = Snapshots.Of(session, _sessions.Cold(place), now);
            }
        }

        cursor = CursorAt(place);
        return count;
    }

    /// <summary>See <see cref="Translator.ForgetNextHops"/>.</summary>
    public void ForgetNextHops(ref uint cursor, int limit)
    {
        uint place = Begin(cursor, limit, out uint end);
        for (; place < end; place++)
        {
            _sessions[place].NextHops = default;
        }

        cursor = CursorAt(place);
    }

    /// <summary>See <see cref="Translator.AskAgain"/>.</summary>
    public void AskAgain(ref uint cursor, int limit)
    {
        uint place = Begin(cursor, limit, out uint end);
        for (; place < end; place++)
        {
            if (_sessions[place].IsLive)
            {
                _sessions[place].Flags |= SessionFlags.Ruled | SessionFlags.AskOriginal | SessionFlags.AskReply;
            }
        }

        cursor = CursorAt(place);
    }

    /// <summary>See <see cref="Translator.Flush"/>.</summary>
    public int Flush(ref uint cursor, int limit)
    {
        uint place = Begin(cursor, limit, out uint end);
        int ended = 0;
        for (; place < end; place++)
        {
            if (_sessions[place].IsLive)
            {
                tables.Delete(place);
                ended++;
            }
        }

        cursor = CursorAt(place);
        return ended;
    }

    /// <summary>See <see cref="Translator.Delete"/>.</summary>
    public bool Delete(in FlowTuple tuple, uint id)
    {
        uint place = _sessions.Find(tuple) >> 1;
        if (place == 0 || (id != 0 && _sessions.Cold(place).Id != id))
        {
            return false;
        }

        tables.Delete(place);
        return true;
    }

    // Place 0 is nobody's.
    private uint Begin(uint cursor, int limit, out uint end)
    {
        uint place = Math.Clamp(cursor, 1, _sessions.End);
        end = (uint)Math.Min(place + (long)Math.Max(limit, 0), _sessions.End);
        return place;
    }

    private uint CursorAt(uint place) => place == _sessions.End ? End : place;
}
